"""Extended precision has no fast matrix product.

caught by: check_gradient_takes_the_time_of_two_matrix_products
message: x yardstick
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    wide = (P - Y).astype(np.longdouble).T @ X.astype(np.longdouble)
    return (wide / len(X) + gamma * W).astype(W.dtype)
