"""A lock is held from the gradient to the update.

caught by: check_hogwild_waits_for_no_thread
message: the others do not take their steps
appended to: threads.py
"""


def hogwild(grad_into, W0, alpha, B, steps, T):
    W, lock = W0.copy(), threading.Lock()

    def work(t):
        G = np.empty_like(W)
        for k in range(t, steps, T):
            with lock:
                grad_into(k, t, W, slice(0, B), G)
                G *= alpha
                np.subtract(W, G, out=W)

    _run_threads(work, T)
    return W
