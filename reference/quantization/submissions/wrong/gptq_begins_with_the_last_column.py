"""The columns are rounded from the last to the first.

caught by: check_gptq_makes_exact_steps
message: the codes of
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    W, H_inv = W.astype(np.float64), U.T @ U
    V = np.linalg.cholesky(H_inv[::-1, ::-1]).T[::-1, ::-1]
    codes = np.empty(W.shape, np.int8 if symmetric else np.uint8)
    for j in reversed(range(W.shape[1])):
        codes[:, j] = quantize(W[:, j], scale[:, j], zero[:, j], bits, symmetric)
        error = (W[:, j] - scale[:, j] * (codes[:, j] - zero[:, j])) / V[j, j]
        W[:, :j] -= np.outer(error, V[j, :j])
    return codes
