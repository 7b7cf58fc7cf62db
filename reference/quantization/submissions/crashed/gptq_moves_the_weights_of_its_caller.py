"""The errors are subtracted from the weights of the caller.

caught by: check_gptq_makes_exact_steps
message: read-only
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    codes = np.empty(W.shape, np.int8 if symmetric else np.uint8)
    for j in range(W.shape[1]):
        codes[:, j] = quantize(W[:, j], scale[:, j], zero[:, j], bits, symmetric)
        error = (W[:, j] - scale[:, j] * (codes[:, j] - zero[:, j])) / U[j, j]
        W[:, j:] -= np.outer(error, U[j, j:])
    return codes
