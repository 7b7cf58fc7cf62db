"""Each column is damped by a share of its own entry.

caught by: check_damping_of_the_diagonal
message: damped
appended to: compensation.py
"""


def damped(H, damp):
    diagonal = np.diag(H)
    return H + np.diag(np.where(diagonal == 0, 1.0, damp * diagonal))
