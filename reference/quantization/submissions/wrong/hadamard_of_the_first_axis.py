"""The transform runs along the first axis.

caught by: check_hadamard_of_the_worked_example
message: the error of hadamard for n =
not recognised: the few numbers of a small example say too little
appended to: compensation.py
"""


def hadamard(x, hadamard=hadamard):
    return np.moveaxis(hadamard(np.moveaxis(x, 0, -1)), -1, 0)
