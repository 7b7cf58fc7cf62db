"""Returns integers and ranges beyond every float.

expect: grader survives
passes: check_minimum, check_probe, check_peek
"""


def total(x):
    """An int that no float can hold."""
    return 10**1200


def scaled(x, k):
    """A range with more items than len() can say."""
    return range(10**30)
