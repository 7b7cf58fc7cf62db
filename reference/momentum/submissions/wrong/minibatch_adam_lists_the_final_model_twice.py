"""Adam lists the final model twice when the period divides the number of steps.

caught by: check_minibatch_adam_follows_its_gradients
message: the number of models in the list is 4, expected 3
"""


def adam(grad_fn, W0, n, alpha, rho1, rho2, eps, B, num_epochs, monitor_period):
    W = W0.copy()
    optimiser = Adam([W], alpha, rho1, rho2, eps)
    models = [W.copy()]
    batches = num_epochs * [slice(i, min(i + B, n)) for i in range(0, n, B)]
    for t, idx in enumerate(batches, start=1):
        optimiser.step([W], [grad_fn(W, idx)])
        if t % monitor_period == 0:
            models.append(W.copy())
    return [*models, W]
