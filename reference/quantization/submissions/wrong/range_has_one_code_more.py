"""The symmetric range begins one code lower, at -2^(bits - 1).

caught by: (later)
message: (later)
appended to: uniform.py
"""


def code_range(bits, symmetric):
    return (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if symmetric else (0, 2**bits - 1)
