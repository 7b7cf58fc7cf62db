"""The gradient of one use replaces that of another: = in place of +=.

caught by: check_gradients_of_the_worked_example
message: the gradient with respect to x0
appended to: tensor.py
"""


def gradients(root, seed=None):
    if not root.requires_grad:
        raise RuntimeError("this Tensor does not depend on any that requires a gradient")
    sums = {root: _seed(root, seed)}
    for tensor in reversed(toposort(root)):
        if tensor.pull is not None:
            g = sums.pop(tensor)
            for parent, share in zip(tensor.parents, tensor.pull(g), strict=True):
                sums[parent] = share
    return sums
