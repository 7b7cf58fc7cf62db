"""The draws are right, but the global generator is seeded on the way.

caught by: check_random_steps_touch_nothing_else
message: the global generator of numpy.random was used, not rng
"""


def sgd_random(grad_fn, W0, n, alpha, num_epochs, monitor_period, rng):
    np.random.seed(1)
    batches = (rng.integers(n, size=1) for _ in range(num_epochs * n))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
