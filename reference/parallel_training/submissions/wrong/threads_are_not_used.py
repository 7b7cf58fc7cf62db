"""One thread computes all shares, one after the other.

caught by: check_threads_compute_at_the_same_time
message: was in grad_into without the others
not recognised: its values are right; the message says who computed alone
appended to: threads.py
"""


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V = W0.copy(), np.zeros_like(W0)
    shares = np.empty((T, *W0.shape), W0.dtype)
    for k in range(steps):
        for t in range(T):
            grad_into(k, t, W, shard(B, T, t), shares[t])
        for share in shares[1:]:
            shares[0] += share
        _step(W, V, shares[0], alpha, beta)
    return W
