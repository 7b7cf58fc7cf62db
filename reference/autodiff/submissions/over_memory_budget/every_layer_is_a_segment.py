"""Every layer is a checkpoint of its own.

caught by: check_checkpointed_chain_keeps_few_arrays
message: used
"""


def checkpointed_chain(fn, x, weights):
    for w in weights:
        x = checkpoint(fn, x, w)
    return x
