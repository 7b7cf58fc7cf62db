"""Every epoch starts at W0 again.

caught by: check_sequential_steps_follow_their_gradients
message: of the list is off
"""


def sgd_sequential(grad_fn, W0, n, alpha, num_epochs, monitor_period):
    models, step = [W0.copy()], 0
    for _ in range(num_epochs):
        W = W0.copy()
        for i in range(n):
            W, step = W - alpha * grad_fn(W, slice(i, i + 1)), step + 1
            if step % monitor_period == 0:
                models.append(W)
    return models if step % monitor_period == 0 else [*models, W]
