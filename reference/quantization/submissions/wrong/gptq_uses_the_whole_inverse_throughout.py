"""Rows of the inverse of all columns take the place of the factor.

As once in cactus.

caught by: check_gptq_makes_exact_steps
message: the codes of
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    W, H_inv = W.astype(np.float64), U.T @ U
    codes = np.empty(W.shape, np.int8 if symmetric else np.uint8)
    for j in range(W.shape[1]):
        codes[:, j] = quantize(W[:, j], scale[:, j], zero[:, j], bits, symmetric)
        error = (W[:, j] - scale[:, j] * (codes[:, j] - zero[:, j])) / H_inv[j, j]
        W[:, j:] -= np.outer(error, H_inv[j, j:])
    return codes
