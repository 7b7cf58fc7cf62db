"""The width of a float32 range is computed in float32, where it becomes infinite.

caught by: check_scales_of_extreme_ranges
message: the asymmetric
appended to: uniform.py
"""


def parameters(low, high, bits, symmetric):
    low, high = np.minimum(low, 0), np.maximum(high, 0)
    least, largest = code_range(bits, symmetric)
    with np.errstate(all="ignore"):
        width = np.maximum(-low, high) if symmetric else high - low
        scale = np.maximum(width / np.float64(largest), SMALLEST_SCALE).astype(np.float64)
        if symmetric:
            return scale, np.zeros(scale.shape, np.int64)
        return scale, np.clip(np.rint(-low / scale), least, largest).astype(np.int64)
