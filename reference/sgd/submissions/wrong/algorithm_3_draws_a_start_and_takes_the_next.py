"""One index is drawn, and the next B - 1 examples taken.

caught by: check_random_batches_are_drawn_with_replacement
message: the rows of step 1
"""


def sgd_minibatch(grad_fn, W0, n, alpha, B, num_epochs, monitor_period, rng):
    steps = range(num_epochs * -(-n // B))
    batches = ((rng.integers(n) + np.arange(B)) % n for _ in steps)
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
