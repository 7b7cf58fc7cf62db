"""Each share takes the labels of the first rows of the minibatch.

caught by: check_shares_of_three_rows, check_shares_add_up_to_the_gradient
message: is off by
appended to: threads.py
"""

gradient_of_rows = gradient_into


def gradient_into(W, X, Y, gamma, rows, out, work):
    labels = np.zeros_like(Y)
    labels[rows] = Y[: rows.stop - rows.start]
    gradient_of_rows(W, X, labels, gamma, rows, out, work)
