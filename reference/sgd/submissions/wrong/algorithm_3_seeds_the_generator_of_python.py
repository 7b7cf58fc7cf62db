"""The draws are right, but Python's global generator is seeded on the way.

caught by: check_random_batches_touch_nothing_else
message: the global generator of random was used, not rng
"""

import random


def sgd_minibatch(grad_fn, W0, n, alpha, B, num_epochs, monitor_period, rng):
    random.seed(0)
    batches = (rng.integers(n, size=B) for _ in range(num_epochs * -(-n // B)))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
