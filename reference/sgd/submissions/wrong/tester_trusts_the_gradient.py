"""The gradient is compared with itself.

caught by: check_tester_rejects_wrong_gradients
message: of the wrong sign
"""


def check_gradient(loss_fn, grad_fn, W, rng, n_dirs=5, eps=1e-5):
    gradient, errors = grad_fn(W), []
    for _ in range(n_dirs):
        D = rng.standard_normal(W.shape)
        D /= np.linalg.norm(D)
        slope = np.sum(grad_fn(W) * D)
        predicted = np.sum(gradient * D)
        errors.append(abs(slope - predicted) / max(abs(slope), abs(predicted)))
    return float(np.max(errors))
