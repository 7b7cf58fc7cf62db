"""Every rank gets the sum of all gradients.

caught by: check_sharded_adam_sends_as_much_as_an_all_reduce
message: the budget is
appended to: sharding.py
"""

scattered = zero1_step


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
    def all_of_it(comm, flat):
        total = all_gather(comm, reduce_scatter(comm, flat))
        return total.reshape(comm.size, -1)[comm.rank]

    return scattered(comm, params, grads, state, lr, beta1, beta2, eps, all_of_it, all_gather)
