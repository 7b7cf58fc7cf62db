"""Batches overlap: each starts one example after the last.

caught by: check_batches_in_order_are_consecutive_slices
message: the number of steps is 34, expected 8
"""


def sgd_minibatch_sequential(grad_fn, W0, n, alpha, B, num_epochs, monitor_period):
    batches = (slice(i, min(i + B, n)) for _ in range(num_epochs) for i in range(n))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
