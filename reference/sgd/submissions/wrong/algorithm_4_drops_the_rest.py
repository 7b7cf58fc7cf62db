"""The shorter last batch is left out.

caught by: check_batches_in_order_are_consecutive_slices
message: the number of steps is 6, expected 8
"""


def sgd_minibatch_sequential(grad_fn, W0, n, alpha, B, num_epochs, monitor_period):
    batches = (slice(i, i + B) for _ in range(num_epochs) for i in range(0, n - B + 1, B))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
