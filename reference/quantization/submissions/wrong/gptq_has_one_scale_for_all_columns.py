"""Every column is rounded with the scale of the first one.

caught by: check_gptq_makes_exact_steps
message: the codes of
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    W = W.astype(np.float64)
    codes = np.empty(W.shape, np.int8 if symmetric else np.uint8)
    for j in range(W.shape[1]):
        codes[:, j] = quantize(W[:, j], scale[:, 0], zero[:, 0], bits, symmetric)
        error = (W[:, j] - scale[:, 0] * (codes[:, j] - zero[:, 0])) / U[j, j]
        W[:, j + 1 :] -= np.outer(error, U[j, j + 1 :])
    return codes
