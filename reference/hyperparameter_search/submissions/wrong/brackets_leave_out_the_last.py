"""The bracket that trains all its trials to the end is left out.

caught by: check_brackets_of_the_worked_example
message: brackets(9, 3)
appended to: racing.py
"""

_all_brackets = brackets


def brackets(R, eta):
    return _all_brackets(R, eta)[:-1]
