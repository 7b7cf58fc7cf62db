"""Reports counts that no counter took.

expect: budgets hold
passes: all but check_total_is_vectorised, check_scaled_is_frugal
"""

from autograder.worker.observers import allocations, steps


def observe(function, arguments, keywords, folder):
    """Nothing was used."""
    return function(*arguments, **keywords), {"bytes": 0.0, "steps": 0.0}


allocations.observe = steps.observe = observe


def scaled(x, k):
    """Wasteful."""
    pieces = [k * x for _ in range(8)]
    return pieces[0]


def total(x):
    """Slow."""
    result = 0.0
    for value in x:
        result += float(value)
    return result
