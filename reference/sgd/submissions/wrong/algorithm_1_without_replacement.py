"""Each epoch is a permutation, so no example comes twice.

caught by: check_random_steps_draw_one_example_each
message: the rows of step 1 is
"""


def sgd_random(grad_fn, W0, n, alpha, num_epochs, monitor_period, rng):
    batches = (rng.permutation(n)[i : i + 1] for _ in range(num_epochs) for i in range(n))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
