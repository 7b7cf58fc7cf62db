"""Raises unusual exceptions while it is imported.

expect: grader survives
passes: none
"""


class Odd(BaseException):
    """Cannot be shown."""

    def __str__(self):
        raise KeyboardInterrupt

    __repr__ = __str__


raise Odd
