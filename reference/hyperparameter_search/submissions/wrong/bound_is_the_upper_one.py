"""The bound is the upper one.

caught by: check_acquisitions_of_the_worked_example, check_acquisitions_agree_with_quadrature
message: the lower confidence bound
appended to: bayesian.py
"""


def lower_confidence_bound(mean, std, kappa):
    return mean + kappa * std
