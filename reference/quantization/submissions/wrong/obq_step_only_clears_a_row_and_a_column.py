"""The new inverse is the old one with 0 in a row and a column.

caught by: check_step_of_the_worked_example, check_steps_minimise_the_error
message: the new H_inv
appended to: compensation.py
"""


def obq_step(w, H_inv, j, value):
    moved = w + (value - w[j]) / H_inv[j, j] * H_inv[j]
    moved[j] = value
    rest = H_inv.copy()
    rest[j] = rest[:, j] = 0
    return moved, rest
