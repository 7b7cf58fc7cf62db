"""The numbers of trials are rounded down.

caught by: check_brackets_of_the_worked_example
message: bracket 1
appended to: racing.py
"""


def brackets(R, eta):
    ladder = rungs(R, eta)
    S = len(ladder) - 1
    table = []
    for s in range(S, -1, -1):
        n = (S + 1) * eta**s // (s + 1)
        table.append([(n // eta**i, R // eta ** (s - i)) for i in range(s + 1)])
    return table
