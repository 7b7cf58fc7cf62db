"""The number of brackets is the integer part of a logarithm, as in Optuna up to 2026.

caught by: check_brackets_are_exact
message: brackets(243, 3)
appended to: racing.py
"""


def brackets(R, eta):
    rungs(R, eta)
    S = int(math.log(R, eta))
    table = []
    for s in range(S, -1, -1):
        n = -(-(S + 1) * eta**s // (s + 1))
        table.append([(n // eta**i, R // eta ** (s - i)) for i in range(s + 1)])
    return table
