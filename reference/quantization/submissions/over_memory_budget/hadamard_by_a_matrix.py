"""The numbers are multiplied by the whole matrix.

caught by: check_hadamard_is_fast
message: the budget is
appended to: compensation.py
"""


def hadamard(x):
    n = x.shape[-1]
    if n < 1 or n & (n - 1):
        raise ValueError(f"{n} is not a power of two")
    matrix = np.ones((1, 1))
    while len(matrix) < n:
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    return x @ matrix / np.sqrt(n)
