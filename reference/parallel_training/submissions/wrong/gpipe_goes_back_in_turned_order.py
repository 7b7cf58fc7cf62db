"""The backwards begin with the last micro-batch.

caught by: check_gpipe_is_forwards_then_backwards
message: is a list of
appended to: pipeline.py
"""


def gpipe(p, m):
    order = [("F", j) for j in range(m)] + [("B", j) for j in reversed(range(m))]
    return [list(order) for _ in range(p)]
