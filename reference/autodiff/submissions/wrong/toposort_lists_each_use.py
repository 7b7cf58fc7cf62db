"""A Tensor is listed once for each use.

caught by: check_order_of_the_worked_example
message: the number of different Tensors in the list
appended to: tensor.py
not recognised: what it returns are small numbers, which say too little
"""


def toposort(root):
    order = []
    stack = [(root, False)]
    while stack:
        tensor, parents_done = stack.pop()
        if parents_done:
            order.append(tensor)
        else:
            stack.append((tensor, True))
            stack.extend((parent, False) for parent in tensor.parents)
    return order
