"""Batches are fixed; only their order is shuffled.

caught by: check_reshuffled_epochs_use_every_example_once
message: the number of examples, by step
"""


def sgd_shuffled(grad_fn, W0, n, alpha, B, num_epochs, monitor_period, rng):
    starts = np.arange(0, n, B)
    orders = (rng.permutation(starts) for _ in range(num_epochs))
    batches = (slice(i, min(i + B, n)) for order in orders for i in order.tolist())
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
