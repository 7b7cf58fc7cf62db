"""Adam works in place on copies, and its state is a plain tuple.

appended to: sharding.py
"""


def adam_state(params, N):
    s = -(-sum(w.size for w in params) // N)
    return 0, np.zeros(s, params[0].dtype), np.zeros(s, params[0].dtype)


def zero1_step(
    comm,
    params,
    grads,
    state,
    lr,
    beta1=0.9,
    beta2=0.999,
    eps=1e-8,
    reduce_scatter=ring_reduce_scatter,
    all_gather=ring_all_gather,
):
    t, m, v = state[0] + 1, state[1].copy(), state[2].copy()
    g = reduce_scatter(comm, flat_padded(grads, comm.size)).copy()
    g /= comm.size
    m += (1 - beta1) * (g - m)
    v += (1 - beta2) * (g * g - v)
    rate = lr * math.sqrt(1 - beta2**t) / (1 - beta1**t)
    w = flat_shard(params, comm.rank, comm.size)
    w -= rate * m / (np.sqrt(v) + eps * math.sqrt(1 - beta2**t))
    whole = all_gather(comm, w)
    return unshard(whole, [np.shape(p) for p in params]), (t, m, v)
