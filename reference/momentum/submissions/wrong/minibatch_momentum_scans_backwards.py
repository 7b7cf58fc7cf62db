"""The batches are taken from the last to the first.

caught by: check_momentum_scans_the_batches_in_order
message: the rows that were asked for
"""


def sgd_mss_with_momentum(grad_fn, W0, n, alpha, beta, B, num_epochs, monitor_period):
    W, V, models = W0, np.zeros_like(W0), [W0.copy()]
    batches = [slice(i, min(i + B, n)) for i in range(0, n, B)][::-1]
    T = num_epochs * len(batches)
    for t in range(1, T + 1):
        idx = batches[(t - 1) % len(batches)]
        V = beta * V - alpha * grad_fn(W, idx)
        W = W + V
        if t % monitor_period == 0 or t == T:
            models.append(W)
    return models
