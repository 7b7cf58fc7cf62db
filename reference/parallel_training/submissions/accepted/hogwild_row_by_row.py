"""Each step is subtracted row by row, by threads of a pool.

appended to: threads.py
"""

from concurrent.futures import ThreadPoolExecutor


def hogwild(grad_into, W0, alpha, B, steps, T):
    W = W0.copy()

    def work(t):
        G = np.empty_like(W)
        for k in range(t, steps, T):
            grad_into(k, t, W, slice(0, B), G)
            for w, g in zip(W, G, strict=True):
                w -= alpha * g

    with ThreadPoolExecutor(T) as pool:
        list(pool.map(work, range(T)))
    return W
