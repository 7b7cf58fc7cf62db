"""Every rank keeps the moments of all parameters.

caught by: check_a_rank_keeps_its_shard_of_the_state
message: the budget is
appended to: sharding.py
"""


def adam_state(params, N):
    whole = flat_padded(params, N)
    return AdamState(0, np.zeros_like(whole), np.zeros_like(whole))


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
    t, m, v = state
    N = comm.size
    g = all_gather(comm, reduce_scatter(comm, flat_padded(grads, N)) / N)
    t = t + 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    move = (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    w = flat_padded(params, N) - lr * move
    return unshard(w, [p.shape for p in params]), AdamState(t, m, v)
