"""Adam moves W0 itself.

caught by: check_minibatch_adam_follows_its_gradients
message: read-only
"""


def adam(grad_fn, W0, n, alpha, rho1, rho2, eps, B, num_epochs, monitor_period):
    optimiser, models = Adam([W0], alpha, rho1, rho2, eps), [W0.copy()]
    batches = num_epochs * [slice(i, min(i + B, n)) for i in range(0, n, B)]
    for t, idx in enumerate(batches, start=1):
        optimiser.step([W0], [grad_fn(W0, idx)])
        if t % monitor_period == 0 or t == len(batches):
            models.append(W0.copy())
    return models
