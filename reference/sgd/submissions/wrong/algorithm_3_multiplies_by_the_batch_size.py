"""The step is alpha times the sum over the batch, not the mean.

caught by: check_random_batches_follow_their_gradients
message: model 1 of the list is off
"""


def sgd_minibatch(grad_fn, W0, n, alpha, B, num_epochs, monitor_period, rng):
    batches = (rng.integers(n, size=B) for _ in range(num_epochs * -(-n // B)))
    return _descend(grad_fn, W0, alpha * B, batches, monitor_period)
