"""check_gradient reports the smallest error over its directions.

caught by: check_tester_reports_the_largest_error
message: is off by
"""


def check_gradient(loss_fn, grad_fn, W, rng, n_dirs=5, eps=1e-5):
    gradient = grad_fn(W)
    errors = []
    for _ in range(n_dirs):
        D = rng.standard_normal(W.shape)
        D = D / np.linalg.norm(D)
        slope = (loss_fn(W + eps * D) - loss_fn(W - eps * D)) / (2 * eps)
        predicted = np.sum(gradient * D)
        errors.append(abs(slope - predicted) / max(abs(slope), abs(predicted), 1e-300))
    return float(np.min(errors))
