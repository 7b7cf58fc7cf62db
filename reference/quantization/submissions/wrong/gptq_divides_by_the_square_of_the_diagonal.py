"""The error is divided by the square of the entry on the diagonal, as by that of the inverse.

caught by: check_gptq_makes_exact_steps, check_gptq_has_the_same_codes_in_all_blocks
message: the codes of
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    W = W.astype(np.float64)
    codes = np.empty(W.shape, np.int8 if symmetric else np.uint8)
    for j in range(W.shape[1]):
        codes[:, j] = quantize(W[:, j], scale[:, j], zero[:, j], bits, symmetric)
        error = (W[:, j] - scale[:, j] * (codes[:, j] - zero[:, j])) / U[j, j] ** 2
        W[:, j + 1 :] -= np.outer(error, U[j, j + 1 :])
    return codes
