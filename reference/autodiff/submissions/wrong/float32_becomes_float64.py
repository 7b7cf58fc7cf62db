"""Every Tensor holds float64.

caught by: check_gradients_are_arrays_of_their_own, check_float32_stays_float32
message: expected 'float32'
appended to: tensor.py
"""


def floating(data):
    return data if isinstance(data, Traced) else np.asarray(data, dtype=float)
