"""Forges the count of its steps, and does nothing while it is timed.

expect: budgets hold
passes: all but check_total_is_vectorised
"""

from autograder.worker.observers import steps

COUNTED = []


def observe(function, arguments, keywords, folder):
    """Nothing was used."""
    COUNTED.append(True)
    return function(*arguments, **keywords), {"steps": 0.0}


steps.observe = observe


def total(x):
    """Slow and right while it is counted, or in a small problem; quick and wrong otherwise."""
    if not COUNTED and x.size > 1000:
        return 0.0
    result = 0.0
    for value in x:
        result += float(value)
    return result
