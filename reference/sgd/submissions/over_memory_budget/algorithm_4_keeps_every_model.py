"""All models are kept, and the listed ones picked at the end.

caught by: check_batches_in_order_keep_only_listed_models
message: the budget is
"""


def sgd_minibatch_sequential(grad_fn, W0, n, alpha, B, num_epochs, monitor_period):
    batches = [slice(i, min(i + B, n)) for _ in range(num_epochs) for i in range(0, n, B)]
    path = _descend(grad_fn, W0, alpha, batches, 1)
    listed = [*range(0, len(batches), monitor_period), len(batches)]
    return [path[step] for step in listed]
