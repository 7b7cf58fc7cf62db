"""The velocity is forgotten after every step.

caught by: check_minibatch_momentum_follows_its_gradients
message: model 1 of the list is off
"""


def sgd_mss_with_momentum(grad_fn, W0, n, alpha, beta, B, num_epochs, monitor_period):
    W, models = W0, [W0.copy()]
    batches = [slice(i, min(i + B, n)) for i in range(0, n, B)]
    T = num_epochs * len(batches)
    for t in range(1, T + 1):
        idx = batches[(t - 1) % len(batches)]
        W = W - alpha * grad_fn(W, idx)
        if t % monitor_period == 0 or t == T:
            models.append(W)
    return models
