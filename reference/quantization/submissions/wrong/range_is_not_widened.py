"""The range is not widened to hold 0, and its zero is only clipped.

caught by: check_parameters_of_the_worked_example
message: the asymmetric scale of numbers from
appended to: uniform.py
"""


def parameters(low, high, bits, symmetric):
    low, high = np.asarray(low, np.float64), np.asarray(high, np.float64)
    least, largest = code_range(bits, symmetric)
    if symmetric:
        most = np.maximum(np.abs(low), np.abs(high))
        scale = np.maximum(most / largest, SMALLEST_SCALE)
        return scale, np.zeros(scale.shape, np.int64)
    scale = np.maximum((high - low) / largest, SMALLEST_SCALE)
    return scale, np.clip(np.rint(-low / scale), least, largest).astype(np.int64)
