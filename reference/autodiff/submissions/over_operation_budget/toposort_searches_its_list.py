"""Each Tensor is looked for in the list so far.

caught by: check_order_takes_linear_work_without_recursion
message: steps grow like
appended to: tensor.py
"""


def toposort(root):
    order, stack = [], [(root, False)]
    while stack:
        tensor, parents_done = stack.pop()
        if any(tensor is other for other in order):
            continue
        if parents_done:
            order.append(tensor)
        else:
            stack.append((tensor, True))
            stack.extend((parent, False) for parent in tensor.parents)
    return order
