"""A small number is added to what errors are divided by, so that slopes far below it look right.

caught by: check_tester_rejects_wrong_gradients
message: (loss scaled by 1e-20) is
"""


def check_gradient(loss_fn, grad_fn, W, rng, n_dirs=5, eps=1e-5):
    gradient, errors = grad_fn(W), []
    for _ in range(n_dirs):
        D = rng.standard_normal(W.shape)
        D /= np.linalg.norm(D)
        slope = (loss_fn(W + eps * D) - loss_fn(W - eps * D)) / (2 * eps)
        predicted = np.sum(gradient * D)
        errors.append(abs(slope - predicted) / (np.maximum(abs(slope), abs(predicted)) + 1e-12))
    return float(np.max(errors))
