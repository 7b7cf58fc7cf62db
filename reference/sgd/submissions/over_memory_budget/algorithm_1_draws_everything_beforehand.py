"""All examples of all epochs are drawn before the first step.

caught by: check_random_step_takes_no_more_memory_with_more_examples
message: grow like
"""


def sgd_random(grad_fn, W0, n, alpha, num_epochs, monitor_period, rng):
    draws = rng.integers(n, size=num_epochs * n)
    batches = (draws[t : t + 1] for t in range(len(draws)))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
