"""The scale of a row grows with its moved weights.

caught by: check_gptq_makes_exact_steps
message: the codes of
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    W, scale = W.astype(np.float64), scale.astype(np.float64)
    codes = np.empty(W.shape, np.int8 if symmetric else np.uint8)
    largest = 2 ** (bits - 1) - 1 if symmetric else 2**bits - 1
    for j in range(W.shape[1]):
        step = np.maximum(scale[:, j], np.abs(W[:, j]) / largest)
        codes[:, j] = quantize(W[:, j], step, zero[:, j], bits, symmetric)
        error = (W[:, j] - step * (codes[:, j] - zero[:, j])) / U[j, j]
        W[:, j + 1 :] -= np.outer(error, U[j, j + 1 :])
    return codes
