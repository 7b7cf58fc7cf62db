"""The gradient of an entry that is selected twice is that of one selection.

caught by: check_gradients_of_moved_and_selected_entries
message: the gradient of getitem
appended to: linear.py
"""


def _value(self, x, index, shape):
    y = np.zeros(shape, np.asarray(x).dtype)
    y[index] += x
    return y


Scatter.value = _value
