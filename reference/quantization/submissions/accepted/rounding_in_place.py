"""Arrays are computed in place, and a random share decides between two neighbours.

appended to: uniform.py
"""


def code_range(bits, symmetric):
    most = (1 << bits) - 1
    return (-(most >> 1), most >> 1) if symmetric else (0, most)


def quantize(x, scale, zero, bits, symmetric):
    steps = np.divide(x, scale, dtype=np.float64)
    steps = np.round(steps) + zero
    least, largest = code_range(bits, symmetric)
    steps = np.minimum(largest, np.maximum(least, steps))
    return steps.astype(np.int8 if symmetric else np.uint8)


def quantize_stochastic(x, scale, zero, bits, symmetric, rng):
    u = rng.random(np.shape(x))
    steps = np.asarray(np.divide(x, scale, dtype=np.float64) + u)
    np.floor(steps, out=steps)
    steps += zero
    np.clip(steps, *code_range(bits, symmetric), out=steps)
    return steps.astype(np.int8) if symmetric else steps.astype(np.uint8)


def dequantize(codes, scale, zero):
    difference = np.subtract(codes, zero, dtype=np.float64)
    return np.multiply(difference, scale).astype(np.float32)
