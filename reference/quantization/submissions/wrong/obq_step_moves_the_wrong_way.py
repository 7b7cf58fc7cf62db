"""The other weights move with the error instead of against it.

caught by: check_step_of_the_worked_example, check_steps_minimise_the_error
message: w is off by
appended to: compensation.py
"""


def obq_step(w, H_inv, j, value):
    moved = w - (value - w[j]) / H_inv[j, j] * H_inv[j]
    moved[j] = value
    rest = H_inv - np.outer(H_inv[:, j], H_inv[j]) / H_inv[j, j]
    rest[j] = rest[:, j] = 0
    return moved, rest
