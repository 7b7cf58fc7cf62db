"""The directions come from a generator of its own.

caught by: check_tester_looks_on_both_sides_of_the_model
message: in each of rng's directions
"""


def _with_own(loss_fn, grad_fn, W, rng, n_dirs=5, eps=1e-5):
    gradient, errors = grad_fn(W), []
    for _ in range(n_dirs):
        D = rng.standard_normal(W.shape)
        D /= np.linalg.norm(D)
        slope = (loss_fn(W + eps * D) - loss_fn(W - eps * D)) / (2 * eps)
        predicted = np.sum(gradient * D)
        errors.append(abs(slope - predicted) / max(abs(slope), abs(predicted)))
    return float(np.max(errors))


def check_gradient(loss_fn, grad_fn, W, rng, n_dirs=5, eps=1e-5):
    return _with_own(loss_fn, grad_fn, W, np.random.default_rng(0), n_dirs, eps)
