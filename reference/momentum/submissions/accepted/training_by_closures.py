"""The two algorithms share a loop that is given an update as a closure."""


def train(grad_fn, W0, n, update, B, num_epochs, monitor_period):
    W, models, count = W0.copy(), {0: W0.copy()}, 0
    for _ in range(num_epochs):
        for start in range(0, n, B):
            W = update(
                W, grad_fn(W, slice(start, start + B))
            )  # the end may lie behind the last row
            count += 1
            if not count % monitor_period:
                models[count] = W
    models[count] = W if count else models[0]
    return list(models.values())


def sgd_mss_with_momentum(grad_fn, W0, n, alpha, beta, B, num_epochs, monitor_period):
    V = np.zeros_like(W0)

    def update(W, g):
        nonlocal V
        V = beta * V - alpha * g
        return W + V

    return train(grad_fn, W0, n, update, B, num_epochs, monitor_period)


def adam(grad_fn, W0, n, alpha, rho1, rho2, eps, B, num_epochs, monitor_period):
    s, r, powers = np.zeros_like(W0), np.zeros_like(W0), [1.0, 1.0]

    def update(W, g):
        nonlocal s, r
        powers[:] = powers[0] * rho1, powers[1] * rho2
        s = rho1 * s + (1 - rho1) * g
        r = rho2 * r + (1 - rho2) * g**2
        return W - alpha * (s / (1 - powers[0])) / (np.sqrt(r / (1 - powers[1])) + eps)

    return train(grad_fn, W0, n, update, B, num_epochs, monitor_period)
