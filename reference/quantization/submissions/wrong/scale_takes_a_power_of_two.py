"""The symmetric scale is the largest magnitude over 2^(bits - 1).

caught by: check_parameters_of_the_worked_example
message: the symmetric scale of numbers from -
appended to: uniform.py
"""


def parameters(low, high, bits, symmetric):
    low = np.minimum(np.asarray(low, np.float64), 0)
    high = np.maximum(np.asarray(high, np.float64), 0)
    if symmetric:
        scale = np.maximum(np.maximum(-low, high) / 2 ** (bits - 1), SMALLEST_SCALE)
        return scale, np.zeros(scale.shape, np.int64)
    scale = np.maximum((high - low) / (2**bits - 1), SMALLEST_SCALE)
    return scale, np.rint(-low / scale).astype(np.int64)
