"""Gradients are passed on along every way, one by one.

caught by: check_each_tensor_is_visited_once
message: interpreter steps
appended to: tensor.py
"""


def gradients(root, seed=None):
    if not root.requires_grad:
        raise RuntimeError("this Tensor does not depend on any that requires a gradient")
    sums, waiting = {}, [(root, _seed(root, seed))]
    while waiting:
        tensor, g = waiting.pop()
        if tensor.pull is None:
            sums[tensor] = sums[tensor] + g if tensor in sums else g
        else:
            waiting += zip(tensor.parents, tensor.pull(g), strict=True)
    return sums
