"""The listed models are rows of one array, which share its memory.

caught by: check_sequential_steps_with_other_periods
message: share memory
"""


def sgd_sequential(grad_fn, W0, n, alpha, num_epochs, monitor_period):
    batches = (slice(i, i + 1) for _ in range(num_epochs) for i in range(n))
    models = np.array(_descend(grad_fn, W0, alpha, batches, monitor_period))
    buffer = np.concatenate([models, models])
    return [buffer[k : k + 2].reshape(-1)[: W0.size].reshape(W0.shape) for k in range(len(models))]
