"""backward of a Tensor that was made by no operation is refused.

caught by: check_uses_of_a_tensor_add_up
message: raised RuntimeError
appended to: tensor.py
"""

_of_results = gradients


def gradients(root, seed=None):
    if not root.parents:
        raise RuntimeError("there is no tape behind this Tensor")
    return _of_results(root, seed)
