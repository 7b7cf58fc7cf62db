"""The share is added to what `out` held before.

caught by: check_shares_of_three_rows
message: NaN or infinite
not recognised: what is not a number says nothing
appended to: threads.py
"""

gradient_written = gradient_into


def gradient_into(W, X, Y, gamma, rows, out, work):
    before = out.copy()
    gradient_written(W, X, Y, gamma, rows, out, work)
    out += before
