"""Each row takes one step of optimal brain quantisation for each column.

caught by: check_gptq_grows_slowly
message: x yardstick
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    codes = np.empty(W.shape, np.int8 if symmetric else np.uint8)
    for r, w in enumerate(W.astype(np.float64)):
        H_inv = U.T @ U
        for j in range(len(w)):
            codes[r, j] = quantize(w[j], scale[r, j], zero[r, j], bits, symmetric)
            value = scale[r, j] * (codes[r, j] - zero[r, j])
            w, H_inv = obq_step(w, H_inv, j, value)
    return codes
