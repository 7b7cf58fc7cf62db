"""Each thread takes steps that follow each other.

caught by: check_hogwild_shares_the_steps
message: a number of step and thread in call
appended to: threads.py
"""


def hogwild(grad_into, W0, alpha, B, steps, T):
    W = W0.copy()

    def work(t):
        G = np.empty_like(W)
        mine = shard(steps, T, t)
        for k in range(mine.start, mine.stop):
            grad_into(k, t, W, slice(0, B), G)
            G *= alpha
            np.subtract(W, G, out=W)

    _run_threads(work, T)
    return W
