"""The snapshot moves in every step.

caught by: check_svrg_follows_its_gradients
message: model 1 of the list is off
"""


def svrg(grad_fn, W0, n, alpha, m, num_epochs, rng):
    snapshots = [W0.copy()]
    for _ in range(num_epochs):
        snapshot = W = snapshots[-1]
        full = grad_fn(snapshot, slice(0, n))
        for _ in range(m):
            i = rng.integers(n, size=1)
            W = W - alpha * (grad_fn(W, i) - grad_fn(snapshot, i) + full)
            snapshot = W
        snapshots.append(W)
    return snapshots
