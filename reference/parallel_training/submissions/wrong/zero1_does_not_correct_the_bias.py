"""The moments are used without correction of their bias.

caught by: check_first_step_of_adam
message: off by
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
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    w = flat_shard(params, comm.rank, comm.size) - lr * m / (np.sqrt(v) + eps)
    return unshard(all_gather(comm, w), [p.shape for p in params]), AdamState(t + 1, m, v)
