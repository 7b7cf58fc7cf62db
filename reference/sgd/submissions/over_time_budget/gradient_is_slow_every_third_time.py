"""Two of three calls are quick, and so is the median; the third computes the gradient ten times.

caught by: check_gradient_takes_the_time_of_two_matrix_products
message: slow calls too often: it varies
"""

import itertools

_calls = itertools.count()


def softmax_xent_grad(W, X, Y, gamma):
    for _ in range(1 if next(_calls) % 3 else 10):
        P = X @ W.T
        P -= P.max(axis=1, keepdims=True)
        np.exp(P, out=P)
        P /= P.sum(axis=1, keepdims=True)
        G = (P - Y).T @ X / len(X) + gamma * W
    return G
