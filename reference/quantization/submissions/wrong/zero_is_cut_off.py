"""The zero is cut off to a whole number.

caught by: check_parameters_of_the_worked_example
message: the asymmetric zeros
appended to: uniform.py
"""


def parameters(low, high, bits, symmetric):
    low = np.minimum(np.asarray(low, np.float64), 0)
    high = np.maximum(np.asarray(high, np.float64), 0)
    largest = code_range(bits, symmetric)[1]
    if symmetric:
        scale = np.maximum(np.maximum(-low, high) / largest, SMALLEST_SCALE)
        return scale, np.zeros(scale.shape, np.int64)
    scale = np.maximum((high - low) / largest, SMALLEST_SCALE)
    return scale, (-low / scale).astype(np.int64)
