"""Every step makes a list of all examples to choose one.

caught by: check_random_step_takes_no_more_work_with_more_examples
message: grow like
"""


def sgd_random(grad_fn, W0, n, alpha, num_epochs, monitor_period, rng):
    draws = (int(rng.integers(n, size=1)[0]) for _ in range(num_epochs * n))
    batches = (np.array([[i for i in range(n)][draw]]) for draw in draws)
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
