"""Runs its loop in code that claims to be of another file.

expect: budgets hold
passes: all but check_total_is_vectorised
"""

SOURCE = """
def loop(x):
    result = 0.0
    for value in x:
        result += float(value)
    return result
"""
names = {}
exec(compile(SOURCE, "/usr/lib/elsewhere.py", "exec"), names)


def total(x):
    """Not a step in this file."""
    return names["loop"](x)
