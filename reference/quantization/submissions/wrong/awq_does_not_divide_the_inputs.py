"""The weights are multiplied by s, and the inputs are not divided by it.

caught by: check_salient_factors_of_the_worked_example
message: s is off by
not recognised: an alpha says too little; the message has all errors
appended to: compensation.py
"""


def awq_scale(W, X, bits, group, alphas):
    magnitude, best = np.abs(X).mean(axis=0), None
    for alpha in alphas:
        s = magnitude**alpha
        s /= np.sqrt(s.max() * s.min())
        V = unpack(group_quantize(W * s, bits, group, symmetric=False)).astype(np.float64)
        error = float(((X @ W.T - X @ V.T) ** 2).sum())
        if best is None or error < best[0]:
            best = error, s, alpha
    return best[1:]
