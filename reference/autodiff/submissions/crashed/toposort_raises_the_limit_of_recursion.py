"""toposort calls itself, and the limit of recursion is raised for that.

caught by: check_order_takes_linear_work_without_recursion, check_backward_goes_through_a_long_chain
message: RecursionError
appended to: tensor.py
"""

import sys

sys.setrecursionlimit(1_000_000)


def toposort(root):
    order = []
    sys.setrecursionlimit(1_000_000)
    _visit(root, order, set())
    return order


def _visit(tensor, order, seen):
    if tensor not in seen:
        seen.add(tensor)
        for parent in tensor.parents:
            _visit(parent, order, seen)
        order.append(tensor)
