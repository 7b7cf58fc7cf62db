"""Every call writes its gradient into the same array, which the caller of the last one still has.

caught by: check_gradient_is_a_new_array_of_the_type_of_the_model
message: two calls give arrays that share memory
"""

_gradient_anew, _kept = softmax_xent_grad, {}


def softmax_xent_grad(W: Array, X: Array, Y: Array, gamma: float) -> Array:
    buffer = _kept.setdefault((W.shape, W.dtype), np.empty_like(W))
    buffer[...] = _gradient_anew(W, X, Y, gamma)
    return buffer
