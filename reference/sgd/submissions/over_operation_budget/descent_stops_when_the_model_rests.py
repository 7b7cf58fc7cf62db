"""num_iters is ignored: steps are taken until W no longer changes at all, which never happens.

caught by: check_gradient_descent_shrinks_the_distance_by_a_factor
message: was called more than
"""


def gradient_descent(grad_fn, W0, n, alpha, num_iters, monitor_period):
    W = W0.copy()
    models = [W]
    while not np.array_equal(W, models[-1]) or len(models) < 10**6:
        models.append(W)
        W = W - alpha * grad_fn(W, slice(0, n))
    return models
