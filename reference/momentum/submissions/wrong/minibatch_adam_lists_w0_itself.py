"""The first model that Adam lists is the caller's array.

caught by: check_minibatch_adam_lists_models_of_their_own
message: W0 and model 0 of the list share memory
"""


def adam(grad_fn, W0, n, alpha, rho1, rho2, eps, B, num_epochs, monitor_period):
    W = W0.copy()
    optimiser = Adam([W], alpha, rho1, rho2, eps)
    models = [W0]
    batches = num_epochs * [slice(i, min(i + B, n)) for i in range(0, n, B)]
    for t, idx in enumerate(batches, start=1):
        optimiser.step([W], [grad_fn(W, idx)])
        if t % monitor_period == 0 or t == len(batches):
            models.append(W.copy())
    return models
