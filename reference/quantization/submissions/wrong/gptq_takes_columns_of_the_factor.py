"""Columns of the factor take the place of its rows.

caught by: check_gptq_of_the_worked_example, check_gptq_makes_exact_steps
message: the codes for H = I +
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    W = W.astype(np.float64)
    codes = np.empty(W.shape, np.int8 if symmetric else np.uint8)
    for j in range(W.shape[1]):
        codes[:, j] = quantize(W[:, j], scale[:, j], zero[:, j], bits, symmetric)
        error = (W[:, j] - scale[:, j] * (codes[:, j] - zero[:, j])) / U[j, j]
        W[:, j + 1 :] -= np.outer(error, U[j + 1 :, j])
    return codes
