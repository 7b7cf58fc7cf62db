"""A direction in which slope and prediction are both 0 gives 0 / 0, which is NaN.

caught by: check_tester_reports_the_largest_error
message: check_gradient of a constant loss is nan
not recognised: NaN comes out of many mistakes
"""


def check_gradient(loss_fn, grad_fn, W, rng, n_dirs=5, eps=1e-5):
    gradient, errors = grad_fn(W), []
    for _ in range(n_dirs):
        D = rng.standard_normal(W.shape)
        D /= np.linalg.norm(D)
        slope = (loss_fn(W + eps * D) - loss_fn(W - eps * D)) / (2 * eps)
        predicted = np.sum(gradient * D)
        with np.errstate(invalid="ignore"):
            errors.append(np.abs(slope - predicted) / np.maximum(np.abs(slope), np.abs(predicted)))
    return float(np.max(errors))
