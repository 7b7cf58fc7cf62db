"""The eps of a caller who names none is another one.

caught by: check_adam_steps_follow_a_plain_loop
message: after two steps with the defaults
appended to: optimisers.py
not recognised: answers with another eps differ by less than fingerprints tell apart
"""

_told = Adam.__init__


def _init(self, params, alpha, rho1=0.9, rho2=0.999, eps=1e-7):
    _told(self, params, alpha, rho1, rho2, eps)


Adam.__init__ = _init
