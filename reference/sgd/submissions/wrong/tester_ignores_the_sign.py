"""Magnitudes are compared, so an ascent direction passes.

caught by: check_tester_rejects_wrong_gradients
message: of the wrong sign
not recognised: it returns what rounding has left of a zero, another number on each machine
"""


def check_gradient(loss_fn, grad_fn, W, rng, n_dirs=5, eps=1e-5):
    gradient, errors = grad_fn(W), []
    for _ in range(n_dirs):
        D = rng.standard_normal(W.shape)
        D /= np.linalg.norm(D)
        slope = (loss_fn(W + eps * D) - loss_fn(W - eps * D)) / (2 * eps)
        predicted = np.sum(gradient * D)
        errors.append(abs(abs(slope) - abs(predicted)) / max(abs(slope), abs(predicted)))
    return float(np.max(errors))
