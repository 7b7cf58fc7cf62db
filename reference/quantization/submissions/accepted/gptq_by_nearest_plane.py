"""GPTQ is Babai's nearest plane algorithm for the inverse of the factor, without a moved W.

appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    basis = np.linalg.inv(U)
    slopes = np.ascontiguousarray((basis / np.diag(basis)).T)
    errors = np.zeros(W.T.shape)
    codes = np.zeros(W.T.shape, np.int8 if symmetric else np.uint8)
    for j, (w, s, z) in enumerate(zip(W.T, scale.T, zero.T, strict=True)):
        codes[j] = quantize(w + slopes[j, :j] @ errors[:j], s, z, bits, symmetric)
        errors[j] = w - s * (codes[j] - z)
    return codes.T
