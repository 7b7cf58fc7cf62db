"""The damping is relative to the largest entry of the diagonal.

caught by: check_damping_of_the_diagonal
message: damped([[4.0, 0.0], [0.0, 0.0]], 0.01) is off by
appended to: compensation.py
"""


def damped(H, damp):
    diagonal = np.diag(H)
    return H + np.diag(np.where(diagonal == 0, 1.0, damp * diagonal.max()))
