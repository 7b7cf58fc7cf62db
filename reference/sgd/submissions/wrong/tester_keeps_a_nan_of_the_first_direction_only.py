"""max() over the errors keeps a NaN that comes first and loses one that comes later.

caught by: check_tester_reports_the_largest_error
message: of a loss that is NaN once
"""


def check_gradient(loss_fn, grad_fn, W, rng, n_dirs=5, eps=1e-5):
    gradient = grad_fn(W)

    def error():
        D = rng.standard_normal(W.shape)
        D = D / np.sqrt(np.sum(D * D))
        slope = (loss_fn(W + eps * D) - loss_fn(W - eps * D)) / (2 * eps)
        predicted = float(np.sum(gradient * D))
        both_zero = slope == 0 and predicted == 0
        return 0.0 if both_zero else abs(slope - predicted) / max(abs(slope), abs(predicted))

    return float(max(error() for _ in range(n_dirs)))
