"""A column that no input uses gets 1 and the damping.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def damped(H, damp):
    diagonal = np.diag(H)
    return H + np.diag((diagonal == 0) + damp * diagonal.mean())
