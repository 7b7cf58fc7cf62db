"""The number of terms is rounded up.

caught by: check_exact_terms_of_the_worked_example, check_float_products_are_exact
message: exact_terms
appended to: integers.py
"""


def exact_terms(largest_q, largest_p):
    return -(-(2**24) // (largest_q * largest_p))
