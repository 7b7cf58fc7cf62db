"""Each share is added under a lock when its thread is ready.

caught by: check_threads_give_the_same_bits
message: has other bits
not recognised: its values are right to the last digits, which are others in every run
appended to: threads.py
"""


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V, total = W0.copy(), np.zeros_like(W0), np.zeros_like(W0)
    shares = np.empty((T, *W0.shape), W0.dtype)
    lock = threading.Lock()
    errors = []

    def update():
        _step(W, V, total, alpha, beta)
        total[:] = 0

    barrier = threading.Barrier(T, action=update)

    def work(t):
        try:
            for k in range(steps):
                grad_into(k, t, W, shard(B, T, t), shares[t])
                with lock:
                    np.add(total, shares[t], out=total)
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
