"""The scan starts at the last example.

caught by: check_sequential_steps_take_the_examples_in_order
message: the rows of step 1
"""


def sgd_sequential(grad_fn, W0, n, alpha, num_epochs, monitor_period):
    batches = (slice(i, i + 1) for _ in range(num_epochs) for i in reversed(range(n)))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
