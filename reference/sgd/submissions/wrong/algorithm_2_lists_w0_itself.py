"""The first listed model is the caller's array W0.

caught by: check_sequential_steps_list_models_of_their_own
message: W0 and model 0 of the list share memory
"""


def sgd_sequential(grad_fn, W0, n, alpha, num_epochs, monitor_period):
    batches = (slice(i, i + 1) for _ in range(num_epochs) for i in range(n))
    return [W0, *_descend(grad_fn, W0, alpha, batches, monitor_period)[1:]]
