"""The mean of no rows is 0 / 0.

caught by: check_shares_add_up_to_the_gradient
message: NaN or infinite
appended to: threads.py
"""

gradient_of_some_rows = gradient_into


def gradient_into(W, X, Y, gamma, rows, out, work):
    gradient_of_some_rows(W, X, Y, gamma, rows, out, work)
    b = np.float64(rows.stop - rows.start)
    with np.errstate(invalid="ignore"):
        out *= (b / len(X)) / (b / len(X))
