"""The columns after a block are not moved.

caught by: check_gptq_makes_exact_steps
message: the codes of
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    d = W.shape[1]
    W = W.astype(np.float64)
    codes = np.empty(W.shape, np.int8 if symmetric else np.uint8)
    for j in range(d):
        codes[:, j] = quantize(W[:, j], scale[:, j], zero[:, j], bits, symmetric)
        error = (W[:, j] - scale[:, j] * (codes[:, j] - zero[:, j])) / U[j, j]
        end = (j // block + 1) * block
        W[:, j:end] -= np.outer(error, U[j, j:end])
    return codes
