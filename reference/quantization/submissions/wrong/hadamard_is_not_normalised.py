"""The result is not divided by the root of n.

caught by: check_hadamard_of_the_worked_example, check_hadamard_is_that_of_sylvester
message: the result
appended to: compensation.py
"""


def hadamard(x, hadamard=hadamard):
    return hadamard(x) * np.sqrt(x.shape[-1])
