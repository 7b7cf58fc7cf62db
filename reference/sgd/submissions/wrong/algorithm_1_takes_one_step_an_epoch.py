"""num_epochs is taken for the number of steps.

caught by: check_random_steps_draw_one_example_each
message: the number of steps is 3, expected 33
"""


def sgd_random(grad_fn, W0, n, alpha, num_epochs, monitor_period, rng):
    batches = (rng.integers(n, size=1) for _ in range(num_epochs))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
