"""float32 arrays give a float64 gradient.

caught by: check_gradient_is_a_new_array_of_the_type_of_the_model
message: the gradient in float32 has dtype float64
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return (P - Y).T @ X / np.float64(len(X)) + np.asarray(gamma, np.float64) * W
