"""The logits go through relu as well.

caught by: check_logits_and_gradients_of_a_network
message: the logits for sizes
"""


def mlp(params, X):
    for W, b in zip(params[::2], params[1::2], strict=True):
        X = (X @ W + b).relu()
    return X
