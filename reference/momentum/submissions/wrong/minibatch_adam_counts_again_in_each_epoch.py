"""t starts again in every epoch.

caught by: check_minibatch_adam_follows_its_gradients
message: model 1 of the list is off
"""


def adam(grad_fn, W0, n, alpha, rho1, rho2, eps, B, num_epochs, monitor_period):
    W, s, r, models = W0, np.zeros_like(W0), np.zeros_like(W0), [W0.copy()]
    batches = num_epochs * [slice(i, min(i + B, n)) for i in range(0, n, B)]
    for step, idx in enumerate(batches, start=1):
        t = (step - 1) % -(-n // B) + 1
        g = grad_fn(W, idx)
        s = rho1 * s + (1 - rho1) * g
        r = rho2 * r + (1 - rho2) * g * g
        W = W - alpha * s / (1 - rho1**t) / (np.sqrt(r / (1 - rho2**t)) + eps)
        if step % monitor_period == 0 or step == len(batches):
            models.append(W)
    return models
