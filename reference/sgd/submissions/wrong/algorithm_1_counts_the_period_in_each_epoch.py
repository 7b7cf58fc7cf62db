"""The monitor starts counting again in every epoch.

caught by: check_random_steps_follow_their_gradients
message: the number of models in the list
"""


def sgd_random(grad_fn, W0, n, alpha, num_epochs, monitor_period, rng):
    W = W0.copy()
    models = [W]
    for _ in range(num_epochs):
        for step in range(1, n + 1):
            W = W - alpha * grad_fn(W, rng.integers(n, size=1))
            if step % monitor_period == 0:
                models.append(W)
    return [*models, W]
