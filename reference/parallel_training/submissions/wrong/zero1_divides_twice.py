"""The gradient is divided by the number of ranks twice.

caught by: check_sharded_adam_equals_adam
message: is off by
appended to: sharding.py
"""

mean_of_ranks = zero1_step


def zero1_step(comm, params, grads, *arguments, **keywords):
    return mean_of_ranks(comm, params, [g / comm.size for g in grads], *arguments, **keywords)
