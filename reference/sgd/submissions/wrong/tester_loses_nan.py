"""max() drops a NaN that is not its first argument, so a broken gradient passes.

caught by: check_tester_reports_the_largest_error
message: expected NaN
not recognised: a single zero says too little; the check's message says what is missing
"""


def check_gradient(loss_fn, grad_fn, W, rng, n_dirs=5, eps=1e-5):
    gradient, errors = grad_fn(W), []
    for _ in range(n_dirs):
        D = rng.standard_normal(W.shape)
        D /= np.linalg.norm(D)
        slope = (loss_fn(W + eps * D) - loss_fn(W - eps * D)) / (2 * eps)
        predicted = np.sum(gradient * D)
        errors.append(abs(slope - predicted) / max(abs(slope), abs(predicted)))
    return float(max([0.0, *errors]))
