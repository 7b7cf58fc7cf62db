"""The damping is added to the H of the caller.

caught by: check_damping_of_the_diagonal
message: an array that damped
not recognised: its answers are right; the message says which argument was changed
appended to: compensation.py
"""


def damped(H, damp):
    diagonal = np.diag(H).copy()
    H[np.diag_indices_from(H)] += np.where(diagonal == 0, 1.0, damp * diagonal.mean())
    return H
