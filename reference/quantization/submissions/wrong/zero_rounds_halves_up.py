"""A zero in the middle between two codes is rounded up.

caught by: check_scales_and_zeros_of_random_ranges
message: the asymmetric
appended to: uniform.py
"""


def parameters(low, high, bits, symmetric):
    low = np.minimum(np.asarray(low, np.float64), 0)
    high = np.maximum(np.asarray(high, np.float64), 0)
    least, largest = code_range(bits, symmetric)
    if symmetric:
        scale = np.maximum(np.maximum(-low, high) / largest, SMALLEST_SCALE)
        return scale, np.zeros(scale.shape, np.int64)
    scale = np.maximum((high - low) / largest, SMALLEST_SCALE)
    return scale, np.clip(np.floor(-low / scale + 0.5), least, largest).astype(np.int64)
