"""A Python loop averages the gradients of the batch's examples, one call each.

caught by: check_random_batches_are_drawn_with_replacement
message: the number of steps is 60, expected 12
"""


def sgd_minibatch(grad_fn, W0, n, alpha, B, num_epochs, monitor_period, rng):
    def mean_gradient(W, batch):
        return sum(grad_fn(W, batch[k : k + 1]) for k in range(B)) / B

    batches = (rng.integers(n, size=B) for _ in range(num_epochs * -(-n // B)))
    return _descend(mean_gradient, W0, alpha, batches, monitor_period)
