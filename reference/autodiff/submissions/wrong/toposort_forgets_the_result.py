"""The list of Tensors lacks the result itself.

caught by: check_order_of_the_worked_example
message: the Tensors that are listed
appended to: tensor.py
not recognised: what it returns are small numbers, which say too little
"""

_whole = toposort


def toposort(root):
    return _whole(root)[:-1] or [root]
