"""Codes belong to the scales before they are rounded to float32.

caught by: check_codes_belong_to_the_stored_scales
message: the bytes of the codes of weights in
appended to: uniform.py
"""


def group_quantize(W, bits, group, symmetric):
    starts = np.arange(0, W.shape[1], group)
    low, high = (ends.reduceat(W, starts, axis=1) for ends in (np.minimum, np.maximum))
    exact, zero = (np.repeat(a, group, axis=1) for a in parameters(low, high, bits, symmetric))
    d = W.shape[1]
    codes = quantize(W, exact[:, :d], zero[:, :d], bits, symmetric)
    return pack(codes, *group_parameters(W, bits, group, symmetric), bits, group)
