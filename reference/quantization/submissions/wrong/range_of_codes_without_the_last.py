"""The largest asymmetric code is left out, as at the end of a Python range.

caught by: (later)
message: (later)
appended to: uniform.py
"""


def code_range(bits, symmetric):
    largest = 2 ** (bits - 1) - 1
    return (-largest, largest) if symmetric else (0, 2**bits - 2)
