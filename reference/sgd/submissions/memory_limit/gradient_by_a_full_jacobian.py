"""The Jacobian of the softmax of all examples at once: (n c)^2 numbers.

caught by: check_gradient_makes_no_array_as_large_as_the_batch
message: Unable to allocate
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)

    n, c = P.shape
    jacobian = np.zeros((n, c, n, c))
    for row in range(n):
        jacobian[row, :, row, :] = np.diag(P[row]) - np.outer(P[row], P[row])
    through_log = np.einsum("icjk,ic->jk", jacobian, -Y / P)
    return through_log.T @ X / n + gamma * W
