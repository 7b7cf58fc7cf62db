"""Arrays are filled column by column.

caught by: check_unshard_is_the_inverse
message: is not exactly as expected
appended to: sharding.py
"""

by_rows = unshard


def unshard(flat, shapes):
    filled = by_rows(flat, [shape[::-1] for shape in shapes])
    return [a.T.copy() for a in filled]
