"""The first listed model is the caller's array W0.

caught by: check_gradient_descent_lists_models_of_their_own
message: W0 and model 0 of the list share memory
"""


def gradient_descent(grad_fn, W0, n, alpha, num_iters, monitor_period):
    W = W0
    models = [W]
    for step in range(1, num_iters + 1):
        W = W - alpha * grad_fn(W, slice(0, n))
        if step % monitor_period == 0 or step == num_iters:
            models.append(W)
    return models
