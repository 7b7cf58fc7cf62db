"""Gradients are added up in place, in an array that another Tensor may be waiting with.

caught by: check_uses_of_a_tensor_add_up
message: of a sum whose term has another use
appended to: tensor.py
"""

from operations import Add, unbroadcast


def _both_the_same(self, i, g, y, a, b):
    return unbroadcast(g, np.shape((a, b)[i]))  # without a product by 1, and so without a copy


Add.vjp = _both_the_same


def gradients(root, seed=None):
    if not root.requires_grad:
        raise RuntimeError("nothing here requires a gradient")
    sums = {root: np.array(_seed(root, seed))}  # the caller's seed is safe
    for tensor in toposort(root)[::-1]:
        if tensor.pull is None:
            continue
        shares = tensor.pull(sums.pop(tensor))
        for parent, share in zip(tensor.parents, shares, strict=True):
            if parent not in sums:
                sums[parent] = share
            elif isinstance(share, np.ndarray) and share.shape and sums[parent].flags.writeable:
                np.add(sums[parent], share, out=sums[parent])
            else:
                sums[parent] = sums[parent] + share
    return sums
