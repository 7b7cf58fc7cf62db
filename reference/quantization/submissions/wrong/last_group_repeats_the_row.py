"""The last group is filled up with entries from the beginning of the matrix.

caught by: (later)
message: (later)
appended to: uniform.py
"""


def group_parameters(W, bits, group, symmetric):
    rows, d = W.shape
    G = -(-d // group)
    filled = np.resize(W, (rows, G * group)) if d % group == 0 else np.empty((rows, G * group))
    filled[:, :d], filled[:, d:] = W, np.resize(W, (rows, G * group - d))
    parts = filled.reshape(rows, G, group)
    scale, zero = parameters(parts.min(axis=2), parts.max(axis=2), bits, symmetric)
    return scale.astype(np.float32), None if symmetric else zero.astype(np.uint8)
