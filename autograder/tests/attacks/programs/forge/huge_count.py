"""Sends counts of 1e308, and negative ones.

expect: grader survives
passes: all but check_scaled_is_frugal
"""

from autograder.worker.observers import allocations, steps


def _lie(count, name):
    def observe(function, arguments, keywords, folder):
        return function(*arguments, **keywords), {name: count}

    return observe


allocations.observe = _lie(1e308, "bytes")
steps.observe = _lie(-5.0, "steps")
