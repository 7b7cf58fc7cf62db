"""A block of columns is two halves, of which the second moves when the first is done.

appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    moved = W.astype(np.float64)
    codes = np.zeros(moved.shape, np.uint8).view(np.int8 if symmetric else np.uint8)

    def halve(start, end):
        if end - start > 1:
            middle = (start + end) // 2
            errors = halve(start, middle)
            moved[:, middle:end] -= errors @ U[start:middle, middle:end]
            return np.hstack([errors, halve(middle, end)])
        w, s, z = (array[:, start:end] for array in (moved, scale, zero))
        codes[:, start:end] = quantize(w, s, z, bits, symmetric)
        return (w - s * (codes[:, start:end] - z)) / U[start, start]

    halve(0, moved.shape[1])
    return codes
