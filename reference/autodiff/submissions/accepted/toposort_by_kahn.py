"""Topological order by counting uses (Kahn), from the result on.

appended to: tensor.py
"""


def toposort(root):
    uses, waiting, seen = {root: 0}, [root], {root}
    while waiting:
        for parent in waiting.pop().parents:
            uses[parent] = uses.get(parent, 0) + 1
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    order, ready = [], [root]
    while ready:
        tensor = ready.pop()
        order.append(tensor)
        for parent in tensor.parents:
            uses[parent] -= 1
            if not uses[parent]:
                ready.append(parent)
    return order[::-1]
