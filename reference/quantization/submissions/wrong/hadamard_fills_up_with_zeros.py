"""A length that is no power of two is filled up with zeros.

caught by: check_hadamard_of_the_worked_example
message: the error of hadamard for n =
not recognised: the few numbers of a small example say too little
appended to: compensation.py
"""


def hadamard(x, hadamard=hadamard):
    n = x.shape[-1]
    more = (1 << max(n - 1, 0).bit_length()) - n
    return hadamard(np.pad(x, [(0, 0)] * (x.ndim - 1) + [(0, more)]))
