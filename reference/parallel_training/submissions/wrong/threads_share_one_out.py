"""All threads write into one array.

caught by: check_threads_follow_a_loop
message: is off by
appended to: threads.py
"""

import time


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V = W0.copy(), np.zeros_like(W0)
    shares = [np.empty_like(W0)] * T
    return _threaded(grad_into, W, V, shares, alpha, beta, B, steps, T)


def _threaded(grad_into, W, V, shares, alpha, beta, B, steps, T):
    errors = []

    def update():
        total = sum(shares[1:], shares[0])
        _step(W, V, total, alpha, beta)

    barrier = threading.Barrier(T, action=update)

    def work(t):
        try:
            for k in range(steps):
                time.sleep(0.02 * t)  # the last thread is the last to write: no chance decides
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
