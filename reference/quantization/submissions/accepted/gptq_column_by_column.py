"""Every error moves all later columns at once, without blocks, and W is stored by columns.

appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    moved = np.array(W.T, np.float64, order="C")
    codes = np.empty(moved.shape, np.int8 if symmetric else np.uint8)
    for j, w in enumerate(moved):
        codes[j] = quantize(w, scale[:, j], zero[:, j], bits, symmetric)
        error = w - scale[:, j] * (codes[j] - zero[:, j])
        moved[j + 1 :] -= (U[j, j + 1 :] / U[j, j])[:, None] * error
    return codes.T
