"""Every Tensor holds float64.

caught by: check_gradients_are_arrays_of_their_own, check_float32_stays_float32
message: has dtype float64
appended to: tensor.py
"""


def _floating(data):
    return np.asarray(data, dtype=float)
