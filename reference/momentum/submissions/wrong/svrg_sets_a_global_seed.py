"""SVRG sets the global generator of numpy to a seed, so that its runs can be repeated.

caught by: check_svrg_arrives_at_the_minimum
message: a global generator was used, and not rng alone
"""


def svrg(grad_fn, W0, n, alpha, m, num_epochs, rng):
    np.random.seed(7)
    snapshots = [W0.copy()]
    for _ in range(num_epochs):
        S = W = snapshots[-1]
        full = grad_fn(S, slice(0, n))
        for _ in range(m):
            i = rng.integers(n, size=1)
            W = W - alpha * (grad_fn(W, i) - grad_fn(S, i) + full)
        snapshots.append(W)
    return snapshots
