"""Prints bytes that are no text, and lone surrogates.

expect: grader survives
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import os


def total(x):
    """In every stream."""
    print("\ud800\udfff\uffff")
    os.write(1, bytes(range(256)) * 40)
    os.write(2, b"\xff\xfe" * 1000)
    raise ValueError("\ud800" * 100)
