"""The largest error so far is kept by comparisons, which are never true of a NaN.

caught by: check_tester_reports_the_largest_error
message: of a gradient that is NaN is 0.0, expected NaN
not recognised: a single zero says too little; the check's message says what is missing
"""


def check_gradient(loss_fn, grad_fn, W, rng, n_dirs=5, eps=1e-5):
    gradient, worst = grad_fn(W), 0.0
    for _ in range(n_dirs):
        D = rng.standard_normal(W.shape)
        D = D / np.sqrt(np.sum(D * D))
        slope = (loss_fn(W + eps * D) - loss_fn(W - eps * D)) / (2 * eps)
        predicted = float(np.sum(gradient * D))
        size = max(abs(slope), abs(predicted))
        if size > 0 and abs(slope - predicted) / size > worst:
            worst = abs(slope - predicted) / size
    return worst
