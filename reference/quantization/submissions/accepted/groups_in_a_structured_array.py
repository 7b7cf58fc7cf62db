"""Scale and zero of a group are fields of one record.

appended to: uniform.py
"""

_RECORD = np.dtype([("scale", np.float32), ("zero", np.uint8)])


def group_parameters(W, bits, group, symmetric):
    rows, d = W.shape
    table = np.zeros((rows, -(-d // group)), _RECORD)
    for g in range(table.shape[1]):
        part = W[:, g * group : (g + 1) * group]
        scale, zero = parameters(part.min(axis=1), part.max(axis=1), bits, symmetric)
        table["scale"][:, g], table["zero"][:, g] = scale, zero
    return (table["scale"].copy(), None) if symmetric else (table["scale"], table["zero"])
