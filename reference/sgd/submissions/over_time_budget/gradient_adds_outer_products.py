"""map over a C function takes no interpreter steps, but an outer product an example.

caught by: check_gradient_takes_the_time_of_two_matrix_products
message: x yardstick
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return sum(map(np.outer, P - Y, X)) / len(X) + gamma * W
