"""The first snapshot is the caller's array.

caught by: check_svrg_arrives_at_the_minimum
message: W0 and model 0 of the list share memory
"""


def svrg(grad_fn, W0, n, alpha, m, num_epochs, rng):
    snapshots = [W0]
    for _ in range(num_epochs):
        S = W = snapshots[-1]
        full = grad_fn(S, slice(0, n))
        for _ in range(m):
            i = rng.integers(n, size=1)
            W = W - alpha * (grad_fn(W, i) - grad_fn(S, i) + full)
        snapshots.append(W)
    return snapshots
