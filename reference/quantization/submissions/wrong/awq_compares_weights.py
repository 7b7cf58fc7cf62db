"""Alpha is chosen by the error of the weights instead of that of the outputs.

caught by: check_salient_factors_have_the_least_error
message: alpha is
not recognised: an alpha says too little; the message has all errors
appended to: compensation.py
"""


def awq_scale(W, X, bits, group, alphas):
    magnitude, best = np.abs(X).mean(axis=0), None
    for alpha in alphas:
        s = magnitude**alpha
        s /= np.sqrt(s.max() * s.min())
        V = unpack(group_quantize(W * s, bits, group, symmetric=False)).astype(np.float64)
        error = float(((W - V / s) ** 2).sum())
        if best is None or error < best[0]:
            best = error, s, alpha
    return best[1:]
