"""Each thread updates rows of the model of its own, and the caller is one of the threads.

appended to: threads.py
"""


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V = W0.copy(), np.zeros_like(W0)
    shares = np.empty((T, *W0.shape), W0.dtype)
    barrier, errors = threading.Barrier(T), []

    def work(t):
        rows, mine = shard(B, T, t), shard(len(W), T, t)
        try:
            for k in range(steps):
                grad_into(k, t, W, rows, shares[t])
                barrier.wait()
                for other in range(1, T):
                    shares[0, mine] += shares[other, mine]
                _step(W[mine], V[mine], shares[0, mine], alpha, beta)
                barrier.wait()
        except threading.BrokenBarrierError:
            pass
        except BaseException as error:  # of any kind: the caller gets it
            errors.append(error)
            barrier.abort()

    helpers = [threading.Thread(target=work, args=(t,)) for t in range(1, T)]
    for helper in helpers:
        helper.start()
    work(0)
    for helper in helpers:
        helper.join()
    if errors:
        raise errors[0]
    return W
