"""SGD with momentum stands still after two hundred steps, and lists copies.

caught by: check_minibatch_momentum_keeps_only_listed_models
message: model 3 of the list, in part
not recognised: only values of measured calls are wrong, which leave no trace
"""


def sgd_mss_with_momentum(grad_fn, W0, n, alpha, beta, B, num_epochs, monitor_period):
    W, V, models = W0, np.zeros_like(W0), [W0.copy()]
    batches = num_epochs * [slice(i, min(i + B, n)) for i in range(0, n, B)]
    for t, idx in enumerate(batches, start=1):
        if t <= 200:
            V = beta * V - alpha * grad_fn(W, idx)
            W = W + V
        if t % monitor_period == 0 or t == len(batches):
            models.append(W.copy())
    return models
