"""The damping is not relative to the diagonal.

caught by: check_damping_of_the_diagonal
message: damped([[2.0, 1.0], [1.0, 2.0]], 0.5) is off by
appended to: compensation.py
"""


def damped(H, damp):
    return H + np.diag(np.where(np.diag(H) == 0, 1.0, damp))
