"""A Python loop over the entries.

caught by: check_mean_square_is_vectorised
message: the budget is 100 interpreter steps
"""


def mean_square(x):
    return sum(float(value) ** 2 for value in x) / len(x)
