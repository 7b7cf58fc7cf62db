"""Step i uses all examples up to i.

caught by: check_sequential_steps_take_the_examples_in_order
message: the number of examples, by step
"""


def sgd_sequential(grad_fn, W0, n, alpha, num_epochs, monitor_period):
    batches = (slice(0, i + 1) for _ in range(num_epochs) for i in range(n))
    return _descend(grad_fn, W0, alpha, batches, monitor_period)
