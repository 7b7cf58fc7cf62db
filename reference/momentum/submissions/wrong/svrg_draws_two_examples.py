"""The two gradients are of two different examples.

caught by: check_svrg_draws_its_examples
message: the rows that were asked for
"""


def svrg(grad_fn, W0, n, alpha, m, num_epochs, rng):
    snapshots = [W0.copy()]
    for _ in range(num_epochs):
        snapshot = W = snapshots[-1]
        full = grad_fn(snapshot, slice(0, n))
        for _ in range(m):
            i = rng.integers(n, size=1)
            W = W - alpha * (grad_fn(W, i) - grad_fn(snapshot, rng.integers(n, size=1)) + full)
        snapshots.append(W)
    return snapshots
