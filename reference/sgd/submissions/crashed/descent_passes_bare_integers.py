"""idx is one integer after the other, so X[idx] has no axis of examples.

caught by: check_gradient_descent_shrinks_the_distance_by_a_factor
message: idx must be a slice or a 1-D array of integers
"""


def gradient_descent(grad_fn, W0, n, alpha, num_iters, monitor_period):
    W = W0.copy()
    models = [W]
    for step in range(1, num_iters + 1):
        W = W - alpha * sum(grad_fn(W, i) for i in range(n)) / n
        if step % monitor_period == 0 or step == num_iters:
            models.append(W)
    return models
