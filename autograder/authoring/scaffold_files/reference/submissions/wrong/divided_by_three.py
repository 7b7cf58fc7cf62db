"""The sum of the squares is divided by 3, whatever n is.

caught by: check_mean_square_agrees_with_a_loop
message: the mean square is off
"""


def mean_square(x):
    return float(x @ x) / 3
