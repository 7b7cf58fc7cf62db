"""Differences are one-sided: their error is of order eps, not eps squared.

caught by: check_tester_accepts_right_gradients
message: which is right is
"""


def check_gradient(loss_fn, grad_fn, W, rng, n_dirs=5, eps=1e-5):
    gradient, errors = grad_fn(W), []
    for _ in range(n_dirs):
        D = rng.standard_normal(W.shape)
        D /= np.linalg.norm(D)
        slope = (loss_fn(W + eps * D) - loss_fn(W)) / eps
        predicted = np.sum(gradient * D)
        errors.append(abs(slope - predicted) / max(abs(slope), abs(predicted)))
    return float(np.max(errors))
