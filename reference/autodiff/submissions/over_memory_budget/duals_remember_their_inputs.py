"""Duals remember what they were made of.

caught by: check_jvp_keeps_no_layer
message: used
appended to: forward.py
"""

_forgetful = Dual.perform


def _perform(self, op, inputs, settings):
    result = _forgetful(self, op, inputs, settings)
    result.made_of = inputs
    return result


Dual.perform = _perform
