"""Errors stand at their column and are read at their place in the block.

As once in mlx-lm.

caught by: check_gptq_makes_exact_steps
message: the codes of
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    d = W.shape[1]
    W = W.astype(np.float64)
    codes, errors = np.empty(W.shape, np.int8 if symmetric else np.uint8), np.zeros(W.shape)
    for start in range(0, d, block):
        end = min(start + block, d)
        for j in range(start, end):
            codes[:, j] = quantize(W[:, j], scale[:, j], zero[:, j], bits, symmetric)
            rounded = scale[:, j] * (codes[:, j] - zero[:, j])
            errors[:, j] = (W[:, j] - rounded) / U[j, j]
            W[:, j:end] -= np.outer(errors[:, j], U[j, j:end])
        W[:, end:] -= errors[:, : end - start] @ U[start:end, end:]
    return codes
