"""SVRG asks for the full gradient by an array of indices, which copies all rows.

caught by: check_svrg_draws_its_examples
message: the full gradient was asked for by an array of indices
"""


def svrg(grad_fn, W0, n, alpha, m, num_epochs, rng):
    snapshots = [W0.copy()]
    for _ in range(num_epochs):
        S = W = snapshots[-1]
        full = grad_fn(S, np.arange(n))
        for _ in range(m):
            i = rng.integers(n, size=1)
            W = W - alpha * (grad_fn(W, i) - grad_fn(S, i) + full)
        snapshots.append(W)
    return snapshots
