"""exp is taken of one number after the other, within map: a loop without a step of Python.

caught by: check_no_rule_loops_over_entries, check_no_tangent_loops_over_entries
message: the time of a loop over its entries
not recognised: its answers are right; the message says what takes the time
appended to: operations.py
"""

import math


def _value(self, x):
    numbers = np.asarray(x)
    return np.array(list(map(math.exp, numbers.flat)), numbers.dtype).reshape(numbers.shape)


Exp.value = _value
