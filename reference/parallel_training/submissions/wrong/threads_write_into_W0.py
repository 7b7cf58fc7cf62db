"""The model of the caller is updated by the threads.

caught by: check_threads_follow_a_loop
message: changed in place
not recognised: its values are right; the message says what is changed
appended to: threads.py
"""


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V = W0, np.zeros_like(W0)
    shares = np.empty((T, *W0.shape), W0.dtype)
    errors = []

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
        except threading.BrokenBarrierError:
            pass
        except BaseException as error:  # of any kind: the caller gets it
            errors.append(error)
            barrier.abort()

    _run_threads(work, T)
    if errors:
        raise errors[0]
    return W
