"""A while loop whose counter never moves.

caught by: check_error_rate_of_four_examples
message: did not finish
"""


def error_rate(W, X, Y):
    wrong, i = 0, 0
    while i < len(X):
        wrong += (X[i] @ W.T).argmax() != Y[i].argmax()
    return wrong / len(X)
