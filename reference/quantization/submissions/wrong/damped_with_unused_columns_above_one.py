"""A column that no input uses gets 1 and the damping.

caught by: check_damping_of_the_diagonal
message: damped([[4.0, 0.0], [0.0, 0.0]], 0.01) is off by
appended to: compensation.py
"""


def damped(H, damp):
    diagonal = np.diag(H)
    return H + np.diag((diagonal == 0) + damp * diagonal.mean())
