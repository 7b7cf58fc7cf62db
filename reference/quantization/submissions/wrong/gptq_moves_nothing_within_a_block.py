"""The columns of a block are all rounded before any of them moves.

caught by: check_gptq_of_the_worked_example, check_gptq_makes_exact_steps
message: the codes for H = I +
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    d = W.shape[1]
    W = W.astype(np.float64)
    codes = np.empty(W.shape, np.int8 if symmetric else np.uint8)
    for start in range(0, d, block):
        part = slice(start, min(start + block, d))
        codes[:, part] = quantize(W[:, part], scale[:, part], zero[:, part], bits, symmetric)
        rounded = scale[:, part] * (codes[:, part] - zero[:, part])
        errors = (W[:, part] - rounded) / np.diag(U)[part]
        W[:, part.stop :] -= errors @ U[part, part.stop :]
    return codes
