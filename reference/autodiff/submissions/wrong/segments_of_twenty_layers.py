"""Segments have twenty layers, whatever the length of the chain.

caught by: check_checkpointed_chain_keeps_few_arrays
message: that exist at once
not recognised: a count says too little; the message says what was counted
"""


def checkpointed_chain(fn, x, weights):
    while len(weights):
        x = checkpoint(lambda x, *ws: reduce(fn, ws, x), x, *weights[:20])
        weights = weights[20:]
    return x


def predict_checkpointed_bytes(N, n):
    return 8 * n * (-(-N // 20) + 2 * min(N, 20) + 4)
