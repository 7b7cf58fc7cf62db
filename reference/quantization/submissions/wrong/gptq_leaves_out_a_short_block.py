"""The columns after the last whole block are rounded without compensation.

caught by: check_gptq_makes_exact_steps
message: the codes of
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    d, original = W.shape[1], W
    W = W.astype(np.float64)
    codes = quantize(original, scale, zero, bits, symmetric)
    for j in range(d - d % block if d > block else d):
        codes[:, j] = quantize(W[:, j], scale[:, j], zero[:, j], bits, symmetric)
        error = (W[:, j] - scale[:, j] * (codes[:, j] - zero[:, j])) / U[j, j]
        W[:, j + 1 :] -= np.outer(error, U[j, j + 1 :])
    return codes
