"""The mean error is returned, not the largest.

caught by: check_tester_reports_the_largest_error
message: check_gradient over 5 directions is off
"""


def check_gradient(loss_fn, grad_fn, W, rng, n_dirs=5, eps=1e-5):
    gradient, errors = grad_fn(W), []
    for _ in range(n_dirs):
        D = rng.standard_normal(W.shape)
        D /= np.linalg.norm(D)
        slope = (loss_fn(W + eps * D) - loss_fn(W - eps * D)) / (2 * eps)
        predicted = np.sum(gradient * D)
        errors.append(abs(slope - predicted) / max(abs(slope), abs(predicted)))
    return float(np.mean(errors))
