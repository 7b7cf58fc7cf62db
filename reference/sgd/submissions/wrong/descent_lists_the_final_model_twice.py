"""The final model is appended although the period has just listed it.

caught by: check_gradient_descent_shrinks_the_distance_by_a_factor
message: the number of models in the list
"""


def gradient_descent(grad_fn, W0, n, alpha, num_iters, monitor_period):
    W = W0.copy()
    models = [W]
    for step in range(1, num_iters + 1):
        W = W - alpha * grad_fn(W, slice(0, n))
        if step % monitor_period == 0:
            models.append(W)
    models.append(W)
    return models
