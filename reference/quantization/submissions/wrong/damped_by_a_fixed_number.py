"""The damping is not relative to the diagonal.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def damped(H, damp):
    return H + np.diag(np.where(np.diag(H) == 0, 1.0, damp))
