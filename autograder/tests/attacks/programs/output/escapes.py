"""Prints and raises escape sequences that would take over a terminal.

expect: output is neutralised
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""


def total(x):
    """Clear the screen, set the title, ring."""
    print("\x1b[2J\x1b]0;owned\x07\x9b2J\x1b[1A\x1b[2K PASSED 100/100")
    raise ValueError("\x1b]0;owned\x07\x1b[2J\u202e\x00")
