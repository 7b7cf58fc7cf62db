"""Only columns after j move, though any column may be fixed first.

caught by: check_steps_minimise_the_error
message: w after column
appended to: compensation.py
"""


def obq_step(w, H_inv, j, value):
    moved = w.copy()
    moved[j:] += (value - w[j]) / H_inv[j, j] * H_inv[j, j:]
    moved[j] = value
    rest = H_inv - np.outer(H_inv[:, j], H_inv[j]) / H_inv[j, j]
    rest[j] = rest[:, j] = 0
    return moved, rest
