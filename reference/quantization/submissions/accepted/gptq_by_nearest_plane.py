"""GPTQ is Babai's nearest plane algorithm for the inverse of the factor, without a moved W.

appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    basis, d = np.linalg.inv(U), W.shape[1]
    errors = np.zeros(W.shape)
    codes = np.zeros(W.shape, np.int8 if symmetric else np.uint8)
    for j in range(d):
        target = W[:, j] + errors[:, :j] @ basis[:j, j] / basis[j, j]
        codes[:, j] = quantize(target, scale[:, j], zero[:, j], bits, symmetric)
        errors[:, j] = W[:, j] - scale[:, j] * (codes[:, j] - zero[:, j])
    return codes
