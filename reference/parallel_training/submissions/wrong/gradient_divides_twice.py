"""The gradient is divided by B twice.

caught by: check_shares_of_three_rows
message: is off by
appended to: threads.py
"""

gradient_once = gradient_into


def gradient_into(W, X, Y, gamma, rows, out, work):
    gradient_once(W, X, Y, gamma * len(X), rows, out, work)
    out /= len(X)
