"""The codes are those of the moved weights, rounded again after later errors have moved them.

caught by: check_gptq_makes_exact_steps
message: the codes of
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    W, H_inv = W.astype(np.float64), U.T @ U
    for j in range(W.shape[1]):
        code = quantize(W[:, j], scale[:, j], zero[:, j], bits, symmetric)
        error = (W[:, j] - scale[:, j] * (code - zero[:, j])) / H_inv[j, j]
        W -= np.outer(error, H_inv[j])
    return quantize(W, scale, zero, bits, symmetric)
