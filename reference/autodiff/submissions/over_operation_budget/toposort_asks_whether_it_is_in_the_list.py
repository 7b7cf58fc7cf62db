"""toposort looks for each Tensor in the list of those that it has seen.

caught by: check_order_takes_linear_work_without_recursion
message: the yardstick is its own time at a smaller size
appended to: tensor.py
"""


def toposort(root):
    order, seen, stack = [], [], [(root, False)]
    while stack:
        tensor, parents_done = stack.pop()
        if parents_done:
            order.append(tensor)
        elif tensor not in seen:
            seen.append(tensor)
            stack.append((tensor, True))
            stack.extend((parent, False) for parent in tensor.parents)
    return order
