"""The symmetric scale is that of the largest number instead of the largest magnitude.

caught by: check_parameters_of_the_worked_example
message: the symmetric scale of numbers from -
appended to: uniform.py
"""


def parameters(low, high, bits, symmetric):
    low = np.minimum(np.asarray(low, np.float64), 0)
    high = np.maximum(np.asarray(high, np.float64), 0)
    least, largest = code_range(bits, symmetric)
    if symmetric:
        scale = np.maximum(high / largest, SMALLEST_SCALE)
        return scale, np.zeros(scale.shape, np.int64)
    scale = np.maximum((high - low) / largest, SMALLEST_SCALE)
    return scale, np.clip(np.rint(-low / scale), least, largest).astype(np.int64)
