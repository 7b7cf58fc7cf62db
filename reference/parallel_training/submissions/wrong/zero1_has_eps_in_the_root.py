"""eps is added inside the root.

caught by: check_sharded_adam_equals_adam
message: is off by
appended to: sharding.py
"""


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
    g = reduce_scatter(comm, flat_padded(grads, comm.size)) / comm.size
    t = t + 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    move = (m / (1 - beta1**t)) / np.sqrt(v / (1 - beta2**t) + eps)
    w = flat_shard(params, comm.rank, comm.size) - lr * move
    return unshard(all_gather(comm, w), [p.shape for p in params]), AdamState(t, m, v)
