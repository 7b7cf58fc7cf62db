"""The list of Tensors begins with the result.

caught by: check_order_of_the_worked_example
message: is listed before one of its parents
appended to: tensor.py
not recognised: what it returns are small numbers, which say too little
"""

_right = toposort


def toposort(root):
    return _right(root)[::-1]
