"""Examples are drawn with replacement, so some are missed in an epoch.

caught by: check_reshuffled_epochs_use_every_example_once
message: the examples of an epoch, sorted
"""


def sgd_shuffled(grad_fn, W0, n, alpha, B, num_epochs, monitor_period, rng):
    orders = (rng.integers(n, size=n) for _ in range(num_epochs))
    batches = (order[i : i + B] for order in orders for i in range(0, n, B))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
