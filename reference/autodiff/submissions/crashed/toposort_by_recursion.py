"""The Tensors are listed by a function that calls itself.

caught by: check_order_takes_linear_work_without_recursion
message: RecursionError
appended to: tensor.py
"""


def toposort(root):
    order, seen = [], set()

    def visit(tensor):
        if tensor not in seen:
            seen.add(tensor)
            for parent in tensor.parents:
                visit(parent)
            order.append(tensor)

    visit(root)
    return order
