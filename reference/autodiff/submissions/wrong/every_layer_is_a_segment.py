"""Every layer is a checkpoint of its own.

caught by: check_checkpointed_chain_keeps_few_arrays
message: that exist at once
not recognised: a count says too little; the message says what was counted
"""


def checkpointed_chain(fn, x, weights):
    for w in weights:
        x = checkpoint(fn, x, w)
    return x
