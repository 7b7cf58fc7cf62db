"""The cases of a range are told apart by masks.

appended to: uniform.py
"""


def parameters(low, high, bits, symmetric):
    low, high = np.array(low, dtype=float), np.array(high, dtype=float)
    steps = code_range(bits, symmetric)[1]
    if symmetric:
        scale = np.where(abs(low) > abs(high), abs(low), abs(high)) / steps
        return np.where(scale < SMALLEST_SCALE, SMALLEST_SCALE, scale), np.zeros_like(
            scale, np.int64
        )
    low[low > 0] = 0.0
    high[high < 0] = 0.0
    scale = np.atleast_1d((high - low) / steps)
    scale[scale < SMALLEST_SCALE] = SMALLEST_SCALE
    scale = scale.reshape(low.shape)
    return scale, np.around(np.negative(low) / scale).astype("int64")
