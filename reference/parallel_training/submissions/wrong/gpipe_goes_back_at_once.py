"""Each backward comes right after its forward.

caught by: check_gpipe_is_forwards_then_backwards
message: is a list of
appended to: pipeline.py
"""


def gpipe(p, m):
    return [[(kind, j) for j in range(m) for kind in "FB"] for _ in range(p)]
