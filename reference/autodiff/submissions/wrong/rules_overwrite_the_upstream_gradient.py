"""Slopes are multiplied into the upstream gradient to save an array: it may be the caller's seed.

caught by: check_slopes_of_entrywise_operations
message: gradients() is given is changed in place
not recognised: its message says what it does
appended to: operations.py
"""

_in_a_new_array = Entrywise.vjp


def _vjp(self, i, g, y, *xs, **settings):
    if len(xs) > 1 or not isinstance(g, np.ndarray) or not g.flags.writeable or not g.ndim:
        return _in_a_new_array(self, i, g, y, *xs, **settings)
    return np.multiply(g, self.slope(i, y, *xs, **settings), out=g)


Entrywise.vjp = _vjp
