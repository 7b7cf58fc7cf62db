"""The exception of a thread ends all threads, and the caller is not told.

caught by: check_threads_pass_exceptions_on
message: expected
not recognised: its values are right; the message says what is left or lost
appended to: threads.py
"""


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V = W0.copy(), np.zeros_like(W0)
    shares = np.empty((T, *W0.shape), W0.dtype)

    def update():
        for share in shares[1:]:
            shares[0] += share
        _step(W, V, shares[0], alpha, beta)

    barrier = threading.Barrier(T, action=update)

    def work(t):
        try:
            for k in range(steps):
                grad_into(k, t, W, shard(B, T, t), shares[t])
                barrier.wait()
        except BaseException:  # of any kind, and lost: this is the mistake
            barrier.abort()

    _run_threads(work, T)
    return W
