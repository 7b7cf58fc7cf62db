"""Nothing is written into `out` where there are no rows.

caught by: check_shares_add_up_to_the_gradient
message: NaN or infinite
appended to: threads.py
"""

gradient_of_some_rows = gradient_into


def gradient_into(W, X, Y, gamma, rows, out, work):
    if rows.start < rows.stop:
        gradient_of_some_rows(W, X, Y, gamma, rows, out, work)
