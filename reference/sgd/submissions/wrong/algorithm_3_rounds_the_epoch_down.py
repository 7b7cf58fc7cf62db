"""An epoch has floor(n / B) steps.

caught by: check_random_batches_are_drawn_with_replacement
message: the number of steps is 9, expected 12
"""


def sgd_minibatch(grad_fn, W0, n, alpha, B, num_epochs, monitor_period, rng):
    batches = (rng.integers(n, size=B) for _ in range(num_epochs * (n // B)))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
