"""A permutation in 32 bits, cut by np.split; the loop of one algorithm written out."""


def sgd_shuffled(grad_fn, W0, n, alpha, B, num_epochs, monitor_period, rng):
    W, models, t = np.array(W0), [np.array(W0)], 0
    for _ in range(num_epochs):
        order = rng.permutation(n).astype(np.int32)
        for batch in np.split(order, range(B, n, B)):
            W, t = W - alpha * grad_fn(W, batch), t + 1
            if t % monitor_period == 0:
                models.append(W)
    if t % monitor_period:
        models.append(W)
    return models
