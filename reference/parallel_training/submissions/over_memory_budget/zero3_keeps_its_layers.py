"""Layers that were gathered forward are kept for the backward pass.

caught by: check_no_layer_is_kept
message: the budget is
appended to: sharding.py
"""


def zero3_gradient(
    comm, shards, shapes, x, dy, reduce_scatter=ring_reduce_scatter, all_gather=ring_all_gather
):
    hidden, layers = [x], []
    for shard, shape in zip(shards, shapes, strict=True):
        layers.append(_gathered(comm, shard, shape, all_gather))
        hidden.append(np.tanh(hidden[-1] @ layers[-1]))
    y, dh, gradients = hidden[-1], dy, []
    for W in reversed(layers):
        dz = dh * (1 - hidden.pop() ** 2)
        gradients.insert(0, reduce_scatter(comm, flat_padded([hidden[-1].T @ dz], comm.size)))
        dh = dz @ W.T
    return y, gradients, dh
