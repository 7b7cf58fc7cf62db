"""One thread updates the model while the others begin the next step.

caught by: check_threads_follow_a_loop
message: is off by
appended to: threads.py
"""

import time


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V = W0.copy(), np.zeros_like(W0)
    shares = np.empty((T, *W0.shape), W0.dtype)
    barrier = threading.Barrier(T)
    errors = []

    def work(t):
        try:
            for k in range(steps):
                grad_into(k, t, W, shard(B, T, t), shares[t])
                barrier.wait()
                if t == 0:
                    time.sleep(0.03)  # the others have begun: no chance decides
                    for share in shares[1:]:
                        shares[0] += share
                    _step(W, V, shares[0], alpha, beta)
        except threading.BrokenBarrierError:
            pass
        except BaseException as error:  # of any kind: the caller gets it
            errors.append(error)
            barrier.abort()

    _run_threads(work, T)
    if errors:
        raise errors[0]
    return W
