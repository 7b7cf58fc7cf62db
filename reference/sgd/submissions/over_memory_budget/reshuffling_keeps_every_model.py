"""All models are kept until the end, and the listed ones chosen then.

caught by: check_reshuffling_keeps_only_listed_models
message: the budget is
"""


def sgd_shuffled(grad_fn, W0, n, alpha, B, num_epochs, monitor_period, rng):
    models = [W0.copy()]
    for _ in range(num_epochs):
        order = rng.permutation(n)
        for start in range(0, n, B):
            models.append(models[-1] - alpha * grad_fn(models[-1], order[start : start + B]))
    last = len(models) - 1
    return [models[i] for i in [*range(0, last, monitor_period), last]]
