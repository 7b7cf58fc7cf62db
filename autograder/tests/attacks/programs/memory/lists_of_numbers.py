"""Returns as many Python numbers as can be sent, in every call: each takes memory and time.

expect: limits hold
passes: none
"""


def total(x):
    """No array."""
    return [0.1 + number for number in range(249_000)]


scaled = probe = lambda *arguments: total(None)


def minimise(slope, start):
    """The same to a function of the check."""
    slope(total(None))
    return total(None)
