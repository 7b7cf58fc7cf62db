"""The last exact sum is not counted, as if 2^24 had no float32.

caught by: check_exact_terms_of_the_worked_example
message: exact_terms
appended to: integers.py
"""


def exact_terms(largest_q, largest_p):
    return (2**24 - 1) // (largest_q * largest_p)
