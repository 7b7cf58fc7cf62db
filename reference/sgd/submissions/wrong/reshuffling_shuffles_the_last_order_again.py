"""Each epoch shuffles the order of the last one, which is not one rng.permutation(n).

caught by: check_reshuffling_draws_one_permutation_an_epoch
message: the sequence of examples
"""


def sgd_shuffled(grad_fn, W0, n, alpha, B, num_epochs, monitor_period, rng):
    order, batches = np.arange(n), []
    for _ in range(num_epochs):
        order = order[rng.permutation(n)]
        batches += [order[i : i + B] for i in range(0, n, B)]
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
