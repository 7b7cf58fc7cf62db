"""Adam's monitor starts counting again in every epoch.

caught by: check_minibatch_adam_follows_its_gradients
message: the number of models in the list is
"""


def adam(grad_fn, W0, n, alpha, rho1, rho2, eps, B, num_epochs, monitor_period):
    W = W0.copy()
    optimiser = Adam([W], alpha, rho1, rho2, eps)
    models = [W.copy()]
    for _ in range(num_epochs):
        for t, i in enumerate(range(0, n, B), start=1):
            optimiser.step([W], [grad_fn(W, slice(i, min(i + B, n)))])
            if t % monitor_period == 0:
                models.append(W.copy())
    return [*models, W.copy()]
