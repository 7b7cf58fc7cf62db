"""A scale of 0 divides when all numbers are 0.

caught by: check_parameters_of_the_worked_example
message: the asymmetric scale of numbers from
not recognised: the few numbers of a small example say too little
appended to: uniform.py
"""


def parameters(low, high, bits, symmetric):
    low = np.minimum(np.asarray(low, np.float64), 0)
    high = np.maximum(np.asarray(high, np.float64), 0)
    least, largest = code_range(bits, symmetric)
    if symmetric:
        scale = np.maximum(-low, high) / largest
        return scale, np.zeros(scale.shape, np.int64)
    with np.errstate(all="ignore"):
        scale = (high - low) / largest
        zero = np.clip(np.rint(-low / scale), least, largest)
        return scale, np.nan_to_num(zero).astype(np.int64)
