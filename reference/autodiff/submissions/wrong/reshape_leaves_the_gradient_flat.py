"""The gradient of a reshape is flat.

caught by: check_gradients_of_moved_and_selected_entries
message: has shape
appended to: linear.py
"""


def _vjp(self, i, g, y, x, shape):
    return g.reshape(-1)


Reshape.vjp = _vjp
