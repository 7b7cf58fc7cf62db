"""A scale of exactly 0 becomes 1, and the smallest ones stay as they are.

caught by: check_parameters_of_the_worked_example
message: the asymmetric scale of numbers from
not recognised: the few numbers of a small example say too little
appended to: uniform.py
"""


def parameters(low, high, bits, symmetric):
    low = np.minimum(np.asarray(low, np.float64), 0)
    high = np.maximum(np.asarray(high, np.float64), 0)
    least, largest = code_range(bits, symmetric)
    width = np.maximum(-low, high) if symmetric else high - low
    scale = np.where(width == 0, 1.0, width / largest)
    if symmetric:
        return scale, np.zeros(scale.shape, np.int64)
    return scale, np.clip(np.rint(-low / scale), least, largest).astype(np.int64)
