"""A loop over classes in code that claims to be numpy's, so that its steps are not counted.

caught by: check_gradient_is_vectorised
message: x yardstick; the budget is 8 x yardstick
"""

_LOOP = "products = lambda P, X: np.stack([P[:, k] @ X for k in range(P.shape[1])])"
_numpys = {"np": np}
exec(compile(_LOOP, np.__file__, "exec"), _numpys)


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True) - Y
    return _numpys["products"](P, X) / len(X) + gamma * W
