"""What is not used has a gradient of float64 zeros, whatever its type.

caught by: check_what_is_not_used_has_gradient_zero
message: has dtype float64
appended to: tensor.py
not recognised: its answer is 0, which says nothing
"""


def gradients_of(y, leaves, seed=None):
    found = gradients(y, seed) if y.requires_grad else {}
    return [found[leaf] if leaf in found else np.zeros(leaf.shape) for leaf in leaves]
