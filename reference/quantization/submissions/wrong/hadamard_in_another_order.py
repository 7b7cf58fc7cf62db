"""The rows of the matrix are in the order of their changes of sign.

caught by: check_hadamard_of_the_worked_example, check_hadamard_is_that_of_sylvester
message: the result
appended to: compensation.py
"""


def hadamard(x, hadamard=hadamard):
    n = x.shape[-1]
    matrix = hadamard(np.eye(n))
    changes = (np.diff(np.sign(matrix), axis=1) != 0).sum(axis=1)
    return hadamard(x)[..., np.argsort(changes)]
