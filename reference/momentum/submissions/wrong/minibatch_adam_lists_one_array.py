"""Adam lists the one array that it changes, again and again.

caught by: check_minibatch_adam_lists_models_of_their_own
message: share memory
"""


def adam(grad_fn, W0, n, alpha, rho1, rho2, eps, B, num_epochs, monitor_period):
    W = W0.copy()
    optimiser = Adam([W], alpha, rho1, rho2, eps)
    models = [W]
    batches = num_epochs * [slice(i, min(i + B, n)) for i in range(0, n, B)]
    for t, idx in enumerate(batches, start=1):
        optimiser.step([W], [grad_fn(W, idx)])
        if t % monitor_period == 0 or t == len(batches):
            models.append(W)
    return models
