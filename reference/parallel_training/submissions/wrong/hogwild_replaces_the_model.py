"""A step replaces the model that the threads share by a new one.

caught by: check_hogwild_shares_the_steps
message: more than one model
appended to: threads.py
"""


def hogwild(grad_into, W0, alpha, B, steps, T):
    W, lock = W0.copy(), threading.Lock()  # no step is lost by chance

    def work(t):
        nonlocal W
        G = np.empty_like(W0)
        for k in range(t, steps, T):
            with lock:
                grad_into(k, t, W, slice(0, B), G)
                W = W - alpha * G

    _run_threads(work, T)
    return W
