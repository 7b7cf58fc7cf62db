"""Index arrays instead of slices where the handout leaves the choice."""


def sgd_random(grad_fn, W0, n, alpha, num_epochs, monitor_period, rng):
    batches = (np.array([rng.integers(n)]) for _ in range(num_epochs * n))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)


def sgd_sequential(grad_fn, W0, n, alpha, num_epochs, monitor_period):
    batches = (np.array([i]) for _ in range(num_epochs) for i in range(n))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
