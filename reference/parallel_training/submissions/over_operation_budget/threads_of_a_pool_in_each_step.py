"""A new pool of threads is made in each step.

caught by: check_threads_are_started_once
message: the budget is
appended to: threads.py
"""

from concurrent.futures import ThreadPoolExecutor


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V = W0.copy(), np.zeros_like(W0)
    shares = np.empty((T, *W0.shape), W0.dtype)
    for k in range(steps):
        with ThreadPoolExecutor(T) as pool:
            futures = [pool.submit(grad_into, k, t, W, shard(B, T, t), shares[t]) for t in range(T)]
        for future in futures:
            future.result()
        for share in shares[1:]:
            shares[0] += share
        _step(W, V, shares[0], alpha, beta)
    return W
