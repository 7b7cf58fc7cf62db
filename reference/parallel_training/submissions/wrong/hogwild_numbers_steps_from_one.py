"""Thread t takes the steps t + 1, t + T + 1, and so on.

caught by: check_hogwild_alone_is_sgd
message: is off by
appended to: threads.py
"""


def hogwild(grad_into, W0, alpha, B, steps, T):
    W = W0.copy()

    def work(t):
        G = np.empty_like(W)
        for k in range(t + 1, steps + 1, T):
            grad_into(k, t, W, slice(0, B), G)
            G *= alpha
            np.subtract(W, G, out=W)

    _run_threads(work, T)
    return W
