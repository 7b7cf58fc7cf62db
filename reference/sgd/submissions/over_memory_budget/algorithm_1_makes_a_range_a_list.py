"""list(range(n)) takes few interpreter steps, but memory for n integers.

caught by: check_random_step_takes_no_more_memory_with_more_examples
message: grow like
"""


def sgd_random(grad_fn, W0, n, alpha, num_epochs, monitor_period, rng):
    draws = (int(rng.integers(n, size=1)[0]) for _ in range(num_epochs * n))
    batches = (np.array(list(range(n))[draw : draw + 1]) for draw in draws)
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
