"""Every step goes through all n indices in C: neither steps of Python nor memory show it.

caught by: check_random_step_takes_no_more_work_with_more_examples
message: the yardstick is its own time at a smaller size
"""


def sgd_random(grad_fn, W0, n, alpha, num_epochs, monitor_period, rng):
    draws = (rng.integers(n, size=1) for _ in range(num_epochs * n))
    batches = (draw % ((sum(range(n)) + sum(range(n))) // (n - 1)) for draw in draws)
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
