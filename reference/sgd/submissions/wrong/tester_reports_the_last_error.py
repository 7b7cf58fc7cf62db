"""The error of the last direction is returned.

caught by: check_tester_reports_the_largest_error
message: check_gradient over 5 directions is off
"""


def check_gradient(loss_fn, grad_fn, W, rng, n_dirs=5, eps=1e-5):
    gradient, error = grad_fn(W), 0.0
    for _ in range(n_dirs):
        D = rng.standard_normal(W.shape)
        D = D / np.sqrt(np.sum(D * D))
        slope = (loss_fn(W + eps * D) - loss_fn(W - eps * D)) / (2 * eps)
        predicted = float(np.sum(gradient * D))
        error = abs(slope - predicted) / max(abs(slope), abs(predicted), 1e-300)
    return error
