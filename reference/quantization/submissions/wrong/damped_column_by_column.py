"""Each column is damped by a share of its own entry.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def damped(H, damp):
    diagonal = np.diag(H)
    return H + np.diag(np.where(diagonal == 0, 1.0, damp * diagonal))
