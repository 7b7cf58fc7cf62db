"""The damping is added to the H of the caller.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def damped(H, damp):
    diagonal = np.diag(H).copy()
    H[np.diag_indices_from(H)] += np.where(diagonal == 0, 1.0, damp * diagonal.mean())
    return H
