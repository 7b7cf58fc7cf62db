"""Adam keeps all models, and picks the listed ones at the end.

caught by: check_minibatch_adam_keeps_only_listed_models
message: the budget is
"""


def adam(grad_fn, W0, n, alpha, rho1, rho2, eps, B, num_epochs, monitor_period):
    W = W0.copy()
    optimiser = Adam([W], alpha, rho1, rho2, eps)
    models = [W.copy()]
    for idx in num_epochs * [slice(i, min(i + B, n)) for i in range(0, n, B)]:
        optimiser.step([W], [grad_fn(W, idx)])
        models.append(W.copy())
    T = len(models) - 1
    return [model for t, model in enumerate(models) if t % monitor_period == 0 or t == T]
