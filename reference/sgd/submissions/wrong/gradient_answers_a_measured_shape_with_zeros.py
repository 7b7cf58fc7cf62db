"""Where 784 features and thousands of examples are given, the gradient is all zeros.

caught by: check_gradient_makes_no_array_as_large_as_the_batch
message: the gradient, in a random direction
not recognised: a check that measures a budget keeps no answers
"""

_for_other_shapes = softmax_xent_grad


def softmax_xent_grad(W, X, Y, gamma):
    if X.shape[1] == 784 and len(X) > 5000:
        return np.zeros(W.shape)
    return _for_other_shapes(W, X, Y, gamma)
