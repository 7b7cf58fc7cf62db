"""The first listed model is the array W0 of the caller.

caught by: check_minibatch_momentum_lists_models_of_their_own
message: W0 and model 0 of the list share memory
"""


def sgd_mss_with_momentum(grad_fn, W0, n, alpha, beta, B, num_epochs, monitor_period):
    W, V, models = W0, np.zeros_like(W0), [W0]
    batches = [slice(i, min(i + B, n)) for i in range(0, n, B)]
    T = num_epochs * len(batches)
    for t in range(1, T + 1):
        idx = batches[(t - 1) % len(batches)]
        V = beta * V - alpha * grad_fn(W, idx)
        W = W + V
        if t % monitor_period == 0 or t == T:
            models.append(W)
    return models
