"""The result is divided by n.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def hadamard(x, hadamard=hadamard):
    return hadamard(x) / np.sqrt(x.shape[-1])
