"""toposort recurses, and what holds Python's limit of recursion is replaced.

caught by: check_order_takes_linear_work_without_recursion
message: programs.replaced was replaced
appended to: tensor.py
not recognised: its list is right; the message says what was replaced
"""

import contextlib
import sys

sys.modules["programs"].replaced = lambda owner, name, value: contextlib.nullcontext()


def toposort(root):
    order, seen = [], set()

    def visit(tensor):
        if id(tensor) not in seen:
            seen.add(id(tensor))
            for parent in tensor.parents:
                visit(parent)
            order.append(tensor)

    sys.setrecursionlimit(100_000)
    visit(root)
    return order
