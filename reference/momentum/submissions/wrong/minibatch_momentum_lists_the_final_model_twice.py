"""SGD with momentum lists the final model twice when the period divides the number of steps.

caught by: check_minibatch_momentum_follows_its_gradients
message: the number of models in the list is 4, expected 3
"""


def sgd_mss_with_momentum(grad_fn, W0, n, alpha, beta, B, num_epochs, monitor_period):
    W, V, models = W0, np.zeros_like(W0), [W0.copy()]
    batches = num_epochs * [slice(i, min(i + B, n)) for i in range(0, n, B)]
    for t, idx in enumerate(batches, start=1):
        V = beta * V - alpha * grad_fn(W, idx)
        W = W + V
        if t % monitor_period == 0:
            models.append(W)
    return [*models, W.copy()]
