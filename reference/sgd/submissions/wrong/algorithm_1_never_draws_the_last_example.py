"""The upper end of the draw is n - 1, which integers() leaves out.

caught by: check_random_steps_draw_one_example_each
message: the rows of step
"""


def sgd_random(grad_fn, W0, n, alpha, num_epochs, monitor_period, rng):
    batches = (rng.integers(n - 1, size=1) for _ in range(num_epochs * n))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
