"""The gradient is run and its memory measured, where a prediction was asked for.

caught by: check_predicted_bytes_are_the_traced_ones
message: uses tracemalloc itself: a cost is predicted before it is paid
not recognised: its answers are right; the message says what it does
"""

import tracemalloc


def predict_bytes(B, d, c):
    W, X, Y = np.ones((c, d)), np.ones((B, d)), np.ones((B, c))
    tracemalloc.start()
    softmax_xent_grad(W, X, Y, 0.1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return round(peak, -4)  # what is beside the arrays differs from run to run
