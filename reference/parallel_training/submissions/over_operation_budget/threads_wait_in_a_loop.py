"""A thread that waits asks again and again whether the others are ready.

caught by: check_threads_wait_without_a_processor
message: the budget is
appended to: threads.py
"""


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V = W0.copy(), np.zeros_like(W0)
    shares = np.empty((T, *W0.shape), W0.dtype)
    ready, updated = [0] * T, [0]
    errors = []

    def work(t):
        try:
            for k in range(steps):
                grad_into(k, t, W, shard(B, T, t), shares[t])
                ready[t] = k + 1
                while t == 0 and min(ready) <= k and not errors:
                    pass
                if t == 0:
                    for share in shares[1:]:
                        shares[0] += share
                    _step(W, V, shares[0], alpha, beta)
                    updated[0] = k + 1
                while updated[0] <= k and not errors:
                    pass
                if errors:
                    return
        except BaseException as error:  # of any kind: the caller gets it
            errors.append(error)

    _run_threads(work, T)
    if errors:
        raise errors[0]
    return W
