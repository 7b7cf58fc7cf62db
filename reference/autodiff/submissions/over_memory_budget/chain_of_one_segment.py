"""The whole chain is one checkpoint.

caught by: check_checkpointed_chain_keeps_few_arrays
message: used
"""


def checkpointed_chain(fn, x, weights):
    return checkpoint(lambda x, *weights: reduce(fn, weights, x), x, *weights)
