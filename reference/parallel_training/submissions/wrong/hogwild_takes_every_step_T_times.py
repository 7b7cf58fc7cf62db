"""Each thread takes all steps.

caught by: check_hogwild_shares_the_steps
message: is off by
appended to: threads.py
"""


def hogwild(grad_into, W0, alpha, B, steps, T):
    W = W0.copy()

    def work(t):
        G = np.empty_like(W)
        for k in range(steps):
            grad_into(k, t, W, slice(0, B), G)
            G *= alpha
            np.subtract(W, G, out=W)

    _run_threads(work, T)
    return W
