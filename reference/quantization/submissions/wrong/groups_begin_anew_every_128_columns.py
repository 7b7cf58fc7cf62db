"""A group begins anew every 128 columns.

As in a GPTQ of Keras.

caught by: check_each_group_has_its_own_parameters
message: the scales for groups of
appended to: uniform.py
"""


def group_parameters(W, bits, group, symmetric):
    d = W.shape[1]
    starts = np.arange(0, d, group)
    ends = [min(s + group, d, (s // 128 + 1) * 128) for s in starts]
    low, high = (
        np.stack([end(W[:, s:e], axis=1) for s, e in zip(starts, ends, strict=True)], axis=1)
        for end in (np.min, np.max)
    )
    scale, zero = parameters(low, high, bits, symmetric)
    return scale.astype(np.float32), None if symmetric else zero.astype(np.uint8)
