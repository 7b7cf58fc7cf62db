"""An op that is unknown counts as the sum.

caught by: check_scatter_of_the_largest
message: expected
appended to: collectives.py
"""


def _operation(op):
    return np.maximum if op == "max" else np.add
