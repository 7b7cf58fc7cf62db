"""The step size falls with the epochs.

caught by: check_sequential_steps_follow_their_gradients
message: of the list is off
"""


def sgd_sequential(grad_fn, W0, n, alpha, num_epochs, monitor_period):
    batches = [(epoch, i) for epoch in range(num_epochs) for i in range(n)]

    def scaled(W, place):
        epoch, i = place
        return grad_fn(W, slice(i, i + 1)) / 2**epoch

    return _descend(scaled, W0, alpha, batches, monitor_period)
