"""The rows are rounded one after the other.

caught by: check_gptq_takes_little_time
message: x yardstick
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    codes = np.empty(W.shape, np.int8 if symmetric else np.uint8)
    for r, w in enumerate(W.astype(np.float64)):
        for j in range(len(w)):
            codes[r, j] = quantize(w[j], scale[r, j], zero[r, j], bits, symmetric)
            error = (w[j] - scale[r, j] * (codes[r, j] - zero[r, j])) / U[j, j]
            w[j:] -= error * U[j, j:]
    return codes
