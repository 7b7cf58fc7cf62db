"""The transform runs along the first axis.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def hadamard(x, hadamard=hadamard):
    return np.moveaxis(hadamard(np.moveaxis(x, 0, -1)), -1, 0)
