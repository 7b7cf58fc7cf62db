"""New threads are started in each step.

caught by: check_threads_are_started_once
message: the budget is
appended to: threads.py
"""


def momentum_threaded(grad_into, W0, alpha, beta, B, steps, T):
    W, V = W0.copy(), np.zeros_like(W0)
    shares = np.empty((T, *W0.shape), W0.dtype)
    errors = []

    def work(k, t):
        try:
            grad_into(k, t, W, shard(B, T, t), shares[t])
        except BaseException as error:  # of any kind: the caller gets it
            errors.append(error)

    for k in range(steps):
        _run_threads(lambda t, k=k: work(k, t), T)
        if errors:
            raise errors[0]
        for share in shares[1:]:
            shares[0] += share
        _step(W, V, shares[0], alpha, beta)
    return W
