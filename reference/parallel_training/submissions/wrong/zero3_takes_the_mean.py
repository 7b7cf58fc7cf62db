"""Gradients are divided by the number of ranks.

caught by: check_network_in_shards_equals_the_whole
message: is off by
appended to: sharding.py
"""

summed_gradients = zero3_gradient


def zero3_gradient(comm, *arguments, **keywords):
    y, gradients, dx = summed_gradients(comm, *arguments, **keywords)
    return y, [g / comm.size for g in gradients], dx
