"""The limit is 2^23, as if the leading bit of a float32 were stored.

caught by: check_exact_terms_of_the_worked_example
message: exact_terms
appended to: integers.py
"""


def exact_terms(largest_q, largest_p):
    return 2**23 // (largest_q * largest_p)
