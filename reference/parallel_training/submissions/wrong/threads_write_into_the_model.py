"""The arrays of the shares are the model itself.

caught by: check_threads_follow_a_loop
message: is off by
appended to: threads.py
"""


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V = W0.copy(), np.zeros_like(W0)
    shares = [W for _ in range(T)]
    errors = []

    def update():
        _step(W, V, sum(shares[1:], shares[0]), alpha, beta)

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
