"""The function is still a stub.

caught by: check_batches_in_order_are_consecutive_slices
message: is not implemented yet
"""


def sgd_minibatch_sequential(grad_fn, W0, n, alpha, B, num_epochs, monitor_period):
    raise NotImplementedError("part 3.2: Algorithm 4")
