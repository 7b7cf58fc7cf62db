"""The layers after the last whole segment are dropped.

caught by: check_checkpointed_chain_of_any_length
message: the end of a chain of
"""


def checkpointed_chain(fn, x, weights):
    def segment(x, *weights):
        return reduce(fn, weights, x)

    length = math.isqrt(len(weights)) + (len(weights) > 1)
    for k in range(len(weights) // length):
        x = checkpoint(segment, x, *weights[k * length : (k + 1) * length])
    return x
