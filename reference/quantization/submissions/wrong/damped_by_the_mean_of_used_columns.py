"""The mean of the diagonal leaves out columns that no input uses.

caught by: check_damping_of_the_diagonal
message: damped([[4.0, 0.0], [0.0, 0.0]], 0.01) is off by
appended to: compensation.py
"""


def damped(H, damp):
    diagonal = np.diag(H)
    used = diagonal[diagonal != 0]
    return H + np.diag(np.where(diagonal == 0, 1.0, damp * used.mean() if used.size else 0.0))
