"""There are n // B + 1 batches, of which the last is empty when B divides n.

caught by: check_momentum_scans_the_batches_in_order
message: selects no rows
"""


def sgd_mss_with_momentum(grad_fn, W0, n, alpha, beta, B, num_epochs, monitor_period):
    W, V, models = W0, np.zeros_like(W0), [W0.copy()]
    batches = num_epochs * [slice(k * B, min(k * B + B, n)) for k in range(n // B + 1)]
    for t, idx in enumerate(batches, start=1):
        V = beta * V - alpha * grad_fn(W, idx)
        W = W + V
        if t % monitor_period == 0 or t == len(batches):
            models.append(W.copy())
    return models
