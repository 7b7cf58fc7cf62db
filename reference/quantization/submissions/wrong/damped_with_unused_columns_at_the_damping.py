"""A column that no input uses gets the damping alone.

caught by: check_damping_of_the_diagonal
message: damped([[4.0, 0.0], [0.0, 0.0]], 0.01) is off by
appended to: compensation.py
"""


def damped(H, damp):
    return H + damp * np.diag(H).mean() * np.eye(len(H))
