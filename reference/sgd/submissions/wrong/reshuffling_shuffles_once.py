"""One permutation is drawn and used in every epoch.

caught by: check_reshuffled_epochs_use_every_example_once
message: the number of different orders in 3 epochs is 1, expected 3
"""


def sgd_shuffled(grad_fn, W0, n, alpha, B, num_epochs, monitor_period, rng):
    order = rng.permutation(n)
    batches = (order[i : i + B] for _ in range(num_epochs) for i in range(0, n, B))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
