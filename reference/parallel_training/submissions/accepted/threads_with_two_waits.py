"""Thread 0 updates the model between two waits at a barrier, and shards follow from their lengths.

appended to: threads.py
"""


def shard(n, T, t):
    lengths = [n // T + (1 if k < n % T else 0) for k in range(T)]
    return slice(sum(lengths[:t]), sum(lengths[: t + 1]))


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V = W0.copy(), np.zeros_like(W0)
    shares = [np.empty_like(W0) for _ in range(T)]
    barrier, errors = threading.Barrier(T), []

    def work(t):
        rows = shard(B, T, t)
        try:
            for k in range(steps):
                grad_into(k, t, W, rows, shares[t])
                barrier.wait()
                if t == 0:
                    total = shares[0]
                    for share in shares[1:]:
                        total += share
                    _step(W, V, total, alpha, beta)
                barrier.wait()
        except threading.BrokenBarrierError:
            return
        except BaseException as error:  # of any kind: the caller gets it
            errors.append(error)
            barrier.abort()

    _run_threads(work, T)
    for error in errors:
        raise error
    return W
