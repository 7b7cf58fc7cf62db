"""The improvement takes the variance as std.

caught by: check_acquisitions_of_the_worked_example
message: EI
appended to: bayesian.py
"""

_of_std = expected_improvement


def expected_improvement(mean, std, best, xi=0.0):
    return _of_std(mean, std**2, best, xi)
