"""The chain has no checkpoints: its layers run once, and then again for the count.

caught by: check_checkpointed_chain_keeps_few_arrays
message: used
"""


def checkpointed_chain(fn, x, weights):
    with no_grad():
        reduce(fn, weights, x)
    y = reduce(fn, weights, x)
    return y


_fn_counts = None
