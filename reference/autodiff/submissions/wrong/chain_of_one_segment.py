"""The whole chain is one checkpoint.

caught by: check_checkpointed_chain_keeps_few_arrays
message: that exist at once
not recognised: a count says too little; the message says what was counted
"""


def checkpointed_chain(fn, x, weights):
    return checkpoint(lambda x, *weights: reduce(fn, weights, x), x, *weights)
