"""The damping is added to every entry of H.

caught by: check_damping_of_the_diagonal
message: damped([[2.0, 1.0], [1.0, 2.0]], 0.5) is off by
appended to: compensation.py
"""


def damped(H, damp):
    diagonal = np.diag(H)
    return H + damp * diagonal.mean() + np.diag(np.where(diagonal == 0, 1.0, 0.0))
