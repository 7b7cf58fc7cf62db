"""The inverse of the columns that are left is computed anew after each column.

caught by: check_gptq_takes_little_time
message: x yardstick
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    W, H = W.astype(np.float64), np.linalg.inv(U.T @ U)
    codes = np.empty(W.shape, np.int8 if symmetric else np.uint8)
    for j in range(W.shape[1]):
        left = np.linalg.inv(H[j:, j:])
        codes[:, j] = quantize(W[:, j], scale[:, j], zero[:, j], bits, symmetric)
        error = (W[:, j] - scale[:, j] * (codes[:, j] - zero[:, j])) / left[0, 0]
        W[:, j:] -= np.outer(error, left[0])
    return codes
