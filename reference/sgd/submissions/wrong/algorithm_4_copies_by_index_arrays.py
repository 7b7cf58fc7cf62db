"""Index arrays select the right rows, but X[idx] copies them.

caught by: check_batches_in_order_are_consecutive_slices
message: would copy the batch
"""


def sgd_minibatch_sequential(grad_fn, W0, n, alpha, B, num_epochs, monitor_period):
    batches = (np.arange(i, min(i + B, n)) for _ in range(num_epochs) for i in range(0, n, B))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
