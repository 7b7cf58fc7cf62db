"""The gradient of a sum is broadcast without the axis that was summed.

caught by: check_gradients_of_sums_and_means
message: ValueError
appended to: linear.py
"""


def _vjp(self, i, g, y, x, axis, keepdims):
    return broadcast(g, np.shape(x))


Sum.vjp = _vjp
