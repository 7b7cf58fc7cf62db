"""An epoch has one step more than n / B, rounded down: one too many where B divides n.

caught by: check_random_batches_are_drawn_with_replacement
message: the number of steps is 12, expected 9
"""


def sgd_minibatch(grad_fn, W0, n, alpha, B, num_epochs, monitor_period, rng):
    steps_per_epoch = int(n / B) + 1
    batches = (rng.integers(n, size=B) for _ in range(num_epochs * steps_per_epoch))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
