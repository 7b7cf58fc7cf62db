"""Row and column j are deleted from the inverse.

caught by: check_step_of_the_worked_example, check_steps_minimise_the_error
message: the new H_inv has shape
appended to: compensation.py
"""


def obq_step(w, H_inv, j, value):
    moved = w + (value - w[j]) / H_inv[j, j] * H_inv[j]
    moved[j] = value
    rest = H_inv - np.outer(H_inv[:, j], H_inv[j]) / H_inv[j, j]
    return moved, np.delete(np.delete(rest, j, axis=0), j, axis=1)
