"""Row and column j become 0, and the rest of the inverse stays.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def obq_step(w, H_inv, j, value):
    moved = w + (value - w[j]) / H_inv[j, j] * H_inv[j]
    moved[j] = value
    rest = H_inv.copy()
    rest[j] = rest[:, j] = 0
    return moved, rest
