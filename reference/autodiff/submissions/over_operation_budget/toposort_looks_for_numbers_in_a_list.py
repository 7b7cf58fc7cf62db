"""What has been visited is a list of ids, which is searched for every use: in C, without a step.

caught by: check_order_takes_linear_work_without_recursion
message: the yardstick is its own time at a smaller size
appended to: tensor.py
"""


def toposort(root):
    order, visited, stack = [], [id(root)], [(root, iter(root.parents))]
    while stack:
        tensor, parents = stack[-1]
        parent = next(parents, None)
        if parent is None:
            order.append(tensor)
            stack.pop()
        elif id(parent) not in visited:
            visited.append(id(parent))
            stack.append((parent, iter(parent.parents)))
    return order
