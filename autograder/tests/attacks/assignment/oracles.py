"""Expected values. @canary oracle@"""

WORD = "@canary oracle memory@"


def total(x):
    """Sum, in plain loops."""
    result = 0.0
    for value in x:
        result += float(value)
    return result


def scaled(x, k):
    """Scaling, in plain loops."""
    return x * 0 + [k * float(value) for value in x]
