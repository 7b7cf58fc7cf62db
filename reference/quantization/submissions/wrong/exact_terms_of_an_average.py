"""Terms count with the mean of their magnitudes.

caught by: (later)
message: (later)
appended to: integers.py
"""


def exact_terms(largest_q, largest_p):
    return 4 * 2**24 // (largest_q * largest_p)
