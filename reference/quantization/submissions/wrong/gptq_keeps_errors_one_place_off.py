"""Errors of a block are kept one place away from their column.

caught by: check_gptq_makes_exact_steps
message: the codes of
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    d = W.shape[1]
    W = W.astype(np.float64)
    codes = np.empty(W.shape, np.int8 if symmetric else np.uint8)
    for start in range(0, d, block):
        end = min(start + block, d)
        errors = np.empty((len(W), end - start))
        for j in range(start, end):
            codes[:, j] = quantize(W[:, j], scale[:, j], zero[:, j], bits, symmetric)
            rounded = scale[:, j] * (codes[:, j] - zero[:, j])
            error = (W[:, j] - rounded) / U[j, j]
            W[:, j:end] -= np.outer(error, U[j, j:end])
            errors[:, (j - start) % (end - start) - 1] = error
        W[:, end:] -= errors @ U[start:end, end:]
    return codes
