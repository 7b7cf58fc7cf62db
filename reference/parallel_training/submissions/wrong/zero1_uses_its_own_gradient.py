"""Each rank updates its shard with its own gradient.

caught by: check_first_step_of_adam
message: off by
appended to: sharding.py
"""

reduced = zero1_step


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
    def own(comm, flat):
        reduce_scatter(comm, flat)
        return flat.reshape(comm.size, -1)[comm.rank] * comm.size

    return reduced(comm, params, grads, state, lr, beta1, beta2, eps, own, all_gather)
