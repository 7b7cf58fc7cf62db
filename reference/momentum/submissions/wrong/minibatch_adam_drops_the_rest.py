"""Adam leaves out the rest that is shorter than a batch.

caught by: check_minibatch_adam_follows_its_gradients
message: the rows that were asked for, step by step
"""


def adam(grad_fn, W0, n, alpha, rho1, rho2, eps, B, num_epochs, monitor_period):
    W = W0.copy()
    optimiser = Adam([W], alpha, rho1, rho2, eps)
    batches = num_epochs * [slice(i, i + B) for i in range(0, n - B + 1, B)]
    models = [W.copy()]
    for t, idx in enumerate(batches, start=1):
        optimiser.step([W], [grad_fn(W, idx)])
        if t % monitor_period == 0 or t == len(batches):
            models.append(W.copy())
    return models
