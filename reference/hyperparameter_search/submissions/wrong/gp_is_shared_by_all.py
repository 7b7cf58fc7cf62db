"""All Gaussian processes share their points.

caught by: check_gp_forgets_and_copies
message: the second fit
appended to: bayesian.py
"""

_shared = {}


class GP(GP):
    def __init__(self, gamma, sigma2):
        self.__dict__ = _shared
        super().__init__(gamma, sigma2)
