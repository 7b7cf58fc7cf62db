"""The numbers of trials are rounded up from floats.

caught by: check_brackets_are_exact
message: brackets(15625, 5)
appended to: racing.py
"""


def brackets(R, eta):
    ladder = rungs(R, eta)
    S = len(ladder) - 1
    table = []
    for s in range(S, -1, -1):
        n = math.ceil((S + 1) * (eta**s / (s + 1)))
        table.append([(n // eta**i, R // eta ** (s - i)) for i in range(s + 1)])
    return table
