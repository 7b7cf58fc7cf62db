"""All gradients are computed before any is reduced.

caught by: check_no_layer_is_kept
message: the budget is
appended to: sharding.py
"""


def zero3_gradient(
    comm, shards, shapes, x, dy, reduce_scatter=ring_reduce_scatter, all_gather=ring_all_gather
):
    hidden = [x]
    for shard, shape in zip(shards, shapes, strict=True):
        hidden.append(np.tanh(hidden[-1] @ _gathered(comm, shard, shape, all_gather)))
    y, dh, whole = hidden[-1], dy, []
    for shard, shape in zip(reversed(shards), reversed(shapes), strict=True):
        dz = dh * (1 - hidden.pop() ** 2)
        whole.insert(0, hidden[-1].T @ dz)
        dh = dz @ _gathered(comm, shard, shape, all_gather).T
    return y, [reduce_scatter(comm, flat_padded([g], comm.size)) for g in whole], dh
