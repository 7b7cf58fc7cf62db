"""The slope is multiplied by the tangent entry by entry.

caught by: check_no_tangent_loops_over_entries
message: interpreter steps
appended to: operations.py
"""


def _jvp(self, i, t, y, *xs, **settings):
    slope = self.slope(i, y, *xs, **settings)
    if not isinstance(t, np.ndarray) or not isinstance(slope, np.ndarray):
        return slope * t
    slope, t = np.broadcast_arrays(slope, t)
    product = np.empty(t.shape, np.result_type(slope, t))
    for index in np.ndindex(t.shape):
        product[index] = slope[index] * t[index]
    return product


Entrywise.jvp = _jvp
