"""Segments of sqrt(N / 2) layers, rounded up."""


def checkpointed_chain(fn, x, weights):
    length = math.ceil(math.sqrt(len(weights) / 2))
    while len(weights):
        x = checkpoint(lambda x, *ws: reduce(fn, ws, x), x, *weights[:length])
        weights = weights[length:]
    return x


def predict_checkpointed_bytes(N, n):
    length = math.ceil(math.sqrt(N / 2))
    return 8 * n * (math.ceil(N / length) + 2 * length + 4)
