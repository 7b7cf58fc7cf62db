"""One pool of threads computes the shares of all steps.

appended to: threads.py
"""

from concurrent.futures import ThreadPoolExecutor


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V = W0.copy(), np.zeros_like(W0)
    shares = np.empty((T, *W0.shape), W0.dtype)
    with ThreadPoolExecutor(max_workers=T) as pool:
        for k in range(steps):
            jobs = [pool.submit(grad_into, k, t, W, shard(B, T, t), shares[t]) for t in range(T)]
            for job in jobs:
                job.result()
            total = shares[0]
            for share in shares[1:]:
                total += share
            _step(W, V, total, alpha, beta)
    return W
