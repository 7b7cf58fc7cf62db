"""What is not used has the gradient 0.0, a number, whatever its shape.

caught by: check_what_is_not_used_has_gradient_zero
message: is 0, expected an array
appended to: tensor.py
not recognised: its answer is the number 0, which says nothing
"""


def gradients_of(y, leaves, seed=None):
    found = gradients(y, seed) if y.requires_grad else {}
    return [found.get(leaf, 0.0) for leaf in leaves]
