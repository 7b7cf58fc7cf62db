"""The number of terms is rounded up.

caught by: (later)
message: (later)
appended to: integers.py
"""


def exact_terms(largest_q, largest_p):
    return -(-(2**24) // (largest_q * largest_p))
