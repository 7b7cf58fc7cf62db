"""A layer is gathered for the gradient of its weights too.

caught by: check_each_layer_is_gathered_twice
message: the budget is
appended to: sharding.py
"""


def zero3_gradient(
    comm, shards, shapes, x, dy, reduce_scatter=ring_reduce_scatter, all_gather=ring_all_gather
):
    hidden = [x]
    for shard, shape in zip(shards, shapes, strict=True):
        hidden.append(np.tanh(hidden[-1] @ _gathered(comm, shard, shape, all_gather)))
    y, dh, gradients = hidden[-1], dy, []
    for shard, shape in zip(reversed(shards), reversed(shapes), strict=True):
        dz = dh * (1 - hidden.pop() ** 2)
        gradient = hidden[-1].T @ dz + 0 * _gathered(comm, shard, shape, all_gather)
        gradients.insert(0, reduce_scatter(comm, flat_padded([gradient], comm.size)))
        dh = dz @ _gathered(comm, shard, shape, all_gather).T
    return y, gradients, dh
