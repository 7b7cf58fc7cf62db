"""Rows are filled up with their last entries, and groups are an axis of their own.

appended to: uniform.py
"""


def group_parameters(W, bits, group, symmetric):
    rows, d = W.shape
    group = min(group, d)
    filled = np.pad(W, ((0, 0), (0, -d % group)), mode="edge").reshape(rows, -1, group)
    scale, zero = parameters(filled.min(axis=2), filled.max(axis=2), bits, symmetric)
    if symmetric:
        return scale.astype("float32"), None
    return scale.astype("float32"), zero.astype("uint8")


def spread(scales, zeros, d, group):
    of = np.arange(d) // group
    scale = scales[:, of].astype(np.float64)
    return scale, np.zeros(scale.shape) if zeros is None else zeros[:, of].astype(np.float64)
