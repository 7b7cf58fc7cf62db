"""The examples come from the global generator, seeded from rng.

caught by: check_svrg_draws_its_examples
message: the rows that were asked for
"""


def svrg(grad_fn, W0, n, alpha, m, num_epochs, rng):
    snapshots = [W0.copy()]
    for _ in range(num_epochs):
        snapshot = W = snapshots[-1]
        full = grad_fn(snapshot, slice(0, n))
        np.random.seed(rng.integers(2**31))
        for _ in range(m):
            i = np.random.randint(n, size=1)
            W = W - alpha * (grad_fn(W, i) - grad_fn(snapshot, i) + full)
        snapshots.append(W)
    return snapshots
