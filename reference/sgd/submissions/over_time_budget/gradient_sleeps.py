"""The gradient sleeps for a quarter of a second: no CPU time, but the caller waits for it.

caught by: check_gradient_takes_the_time_of_two_matrix_products
message: of the time it sleeps or waits, which counts
"""

import time


def softmax_xent_grad(W, X, Y, gamma):
    if len(X) > 28_000:
        time.sleep(0.25)
    P = X @ W.T
    P -= P.max(axis=1, keepdims=True)
    np.exp(P, out=P)
    P /= P.sum(axis=1, keepdims=True)
    return (P - Y).T @ X / len(X) + gamma * W
