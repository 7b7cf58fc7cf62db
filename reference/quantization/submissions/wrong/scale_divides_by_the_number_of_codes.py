"""The width is divided by 2^bits, the number of codes and not of steps.

caught by: check_parameters_of_the_worked_example
message: the asymmetric scale of numbers from -
appended to: uniform.py
"""


def parameters(low, high, bits, symmetric):
    low = np.minimum(np.asarray(low, np.float64), 0)
    high = np.maximum(np.asarray(high, np.float64), 0)
    least, largest = code_range(bits, symmetric)
    if symmetric:
        scale = np.maximum(np.maximum(-low, high) / largest, SMALLEST_SCALE)
        return scale, np.zeros(scale.shape, np.int64)
    scale = np.maximum((high - low) / 2**bits, SMALLEST_SCALE)
    return scale, np.clip(np.rint(-low / scale), least, largest).astype(np.int64)
