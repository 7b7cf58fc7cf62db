"""The caller gets the exception while the other threads still wait for the one that raised.

caught by: check_threads_pass_exceptions_on
message: expected
not recognised: its values are right; the message says what is left or lost
appended to: threads.py
"""


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V = W0.copy(), np.zeros_like(W0)
    shares = np.empty((T, *W0.shape), W0.dtype)
    done, errors = threading.Semaphore(0), []

    def update():
        for share in shares[1:]:
            shares[0] += share
        _step(W, V, shares[0], alpha, beta)

    barrier = threading.Barrier(T, action=update)

    def work(t):
        try:
            for k in range(steps):
                grad_into(k, t, W, shard(B, T, t), shares[t])
                barrier.wait(timeout=10)
        except threading.BrokenBarrierError:
            pass
        except BaseException as error:  # of any kind: the caller gets it
            errors.append(error)
        done.release()

    for t in range(T):
        threading.Thread(target=work, args=(t,), daemon=True).start()
    for _ in range(T):
        done.acquire()
        if errors:
            raise errors[0]
    return W
