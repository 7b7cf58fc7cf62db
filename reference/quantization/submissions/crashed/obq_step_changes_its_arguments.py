"""The weights of the caller are moved.

caught by: check_steps_through_all_columns
message: read-only
appended to: compensation.py
"""


def obq_step(w, H_inv, j, value):
    w += (value - w[j]) / H_inv[j, j] * H_inv[j]
    w[j] = value
    rest = H_inv - np.outer(H_inv[:, j], H_inv[j]) / H_inv[j, j]
    rest[j] = rest[:, j] = 0
    return w, rest
