"""The state also has the rank's shard of the parameters.

caught by: check_a_rank_keeps_its_shard_of_the_state, check_sharded_adam_in_float32
message: expected
appended to: sharding.py
"""


class AdamState(NamedTuple):
    t: int
    m: Array
    v: Array
    w: Array


def adam_state(params, N):
    shard = flat_shard(params, 0, N)
    return AdamState(0, np.zeros_like(shard), np.zeros_like(shard), shard)


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
    t, m, v = state[:3]
    g = reduce_scatter(comm, flat_padded(grads, comm.size)) / comm.size
    t = t + 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    move = (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    w = flat_shard(params, comm.rank, comm.size) - lr * move
    return unshard(all_gather(comm, w), [p.shape for p in params]), AdamState(t, m, v, w)
