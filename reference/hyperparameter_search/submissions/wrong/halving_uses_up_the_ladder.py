"""The rungs are taken from the caller's list.

caught by: check_halving_compares_equals
message: argument 1 of successive_halving, afterwards
appended to: racing.py
"""

_halving = successive_halving


def successive_halving(configs, train, ladder, eta):
    search = _halving(configs, train, list(ladder), eta)
    ladder.clear()
    return search
