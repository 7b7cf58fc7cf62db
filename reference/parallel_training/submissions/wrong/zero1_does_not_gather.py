"""Each rank updates only its own shard of the parameters.

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
    N, r = comm.size, comm.rank
    g = reduce_scatter(comm, flat_padded(grads, N)) / N
    t = t + 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    whole = flat_padded(params, N)
    whole.reshape(N, -1)[r] -= lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    all_gather(comm, whole.reshape(N, -1)[r].copy())
    return unshard(whole, [p.shape for p in params]), AdamState(t, m, v)
