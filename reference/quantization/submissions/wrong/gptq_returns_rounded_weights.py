"""The rounded weights are returned in place of their codes.

caught by: check_gptq_of_the_worked_example, check_gptq_makes_exact_steps
message: the codes for H = I +
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    W, rounded = W.astype(np.float64), np.empty(W.shape)
    for j in range(W.shape[1]):
        code = quantize(W[:, j], scale[:, j], zero[:, j], bits, symmetric)
        rounded[:, j] = scale[:, j] * (code - zero[:, j])
        error = (W[:, j] - rounded[:, j]) / U[j, j]
        W[:, j + 1 :] -= np.outer(error, U[j, j + 1 :])
    return rounded
