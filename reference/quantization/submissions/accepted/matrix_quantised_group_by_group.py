"""Groups are rounded one after the other, and rows are unpacked column by column.

appended to: uniform.py
"""


def group_quantize(W, bits, group, symmetric):
    scales, zeros = group_parameters(W, bits, group, symmetric)
    codes = []
    for g, start in enumerate(range(0, W.shape[1], group)):
        zero = 0 if zeros is None else zeros[:, g : g + 1].astype(int)
        step = scales[:, g : g + 1].astype(np.float64)
        codes.append(quantize(W[:, start : start + group], step, zero, bits, symmetric))
    return pack(np.hstack(codes), scales, zeros, bits, group)


def unpack(packed, rows=slice(None)):
    d = packed.shape[1]
    signed = packed.zeros is None
    stored, scales = packed.codes[rows], packed.scales[rows]
    zeros = np.zeros(scales.shape, int) if signed else packed.zeros[rows].astype(int)
    if packed.bits > 4:
        codes = stored.view(np.int8) if signed else stored
    else:
        codes = unpack_nibbles(stored, d, signed)
    W = np.empty((len(codes), d), np.float32)
    for g, start in enumerate(range(0, d, packed.group)):
        part = slice(start, start + packed.group)
        W[:, part] = dequantize(codes[:, part], scales[:, g : g + 1], zeros[:, g : g + 1])
    return W
