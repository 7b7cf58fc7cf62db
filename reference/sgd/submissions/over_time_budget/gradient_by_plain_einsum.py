"""einsum without optimize=True does not use the BLAS.

caught by: check_gradient_takes_the_time_of_two_matrix_products
message: x yardstick
"""


def softmax_xent_grad(W, X, Y, gamma):
    scores = np.einsum("nd,kd->nk", X, W)
    P = np.exp(scores - scores.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return np.einsum("nk,nd->kd", P - Y, X) / len(X) + gamma * W
