"""The last batch is filled up with the first examples.

caught by: check_batches_in_order_are_consecutive_slices
message: the number of examples, by step
"""


def sgd_minibatch_sequential(grad_fn, W0, n, alpha, B, num_epochs, monitor_period):
    batches = (np.arange(i, i + B) % n for _ in range(num_epochs) for i in range(0, n, B))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
