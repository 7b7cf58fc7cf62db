"""Nothing is computed while the bytes are traced, and nothing predicted.

caught by: check_predicted_bytes_are_the_traced_ones
message: the gradient, in a random direction, is off by 1 of its size
not recognised: a zero comes out of many mistakes
"""

import tracemalloc

_honest = softmax_xent_grad


def softmax_xent_grad(W, X, Y, gamma):
    if tracemalloc.is_tracing():
        return np.broadcast_to(np.zeros(1), W.shape)
    return _honest(W, X, Y, gamma)


def predict_bytes(B, d, c):
    return 0
