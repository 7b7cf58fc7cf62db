"""A batch for the rest is added where there is no rest.

caught by: check_batches_in_order_are_consecutive_slices
message: selects no rows
"""


def sgd_minibatch_sequential(grad_fn, W0, n, alpha, B, num_epochs, monitor_period):
    starts = [B * k for k in range(n // B + 1)]
    batches = (slice(i, min(i + B, n)) for _ in range(num_epochs) for i in starts)
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
