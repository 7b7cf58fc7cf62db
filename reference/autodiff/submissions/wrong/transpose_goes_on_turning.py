"""The gradient of a transpose is transposed by the same axes again.

caught by: check_gradients_of_moved_and_selected_entries
message: has shape
appended to: linear.py
"""


def _vjp(self, i, g, y, x, axes):
    return g.transpose(axes)


Transpose.vjp = _vjp
