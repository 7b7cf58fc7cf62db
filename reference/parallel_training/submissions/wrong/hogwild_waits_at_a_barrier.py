"""All threads wait for each other after each step.

caught by: check_hogwild_waits_for_no_thread
message: the others do not take their steps
appended to: threads.py
"""


def hogwild(grad_into, W0, alpha, B, steps, T):
    W, barrier = W0.copy(), threading.Barrier(T)

    def work(t):
        G = np.empty_like(W)
        for first in range(0, steps, T):
            if first + t < steps:
                grad_into(first + t, t, W, slice(0, B), G)
                G *= alpha
                np.subtract(W, G, out=W)
            barrier.wait()

    _run_threads(work, T)
    return W
