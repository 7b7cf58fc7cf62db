"""The gradient of a quotient is computed by np.frompyfunc of one number and another.

caught by: check_no_rule_loops_over_entries
message: the time of a loop over its entries
not recognised: its answers are right; the message says what takes the time
appended to: operations.py
"""

import operator

_times = np.frompyfunc(operator.mul, 2, 1)


class Divide(Divide):
    def vjp(self, i, g, y, a, b):
        if not isinstance(g, np.ndarray):
            return super().vjp(i, g, y, a, b)
        product = _times(g, self.slope(i, y, a, b))
        return unbroadcast(np.asarray(product, dtype=np.asarray(y).dtype), np.shape((a, b)[i]))
