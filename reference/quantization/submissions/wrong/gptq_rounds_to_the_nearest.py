"""No error is made good: every weight is rounded to its nearest code.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    return quantize(W, scale, zero, bits, symmetric)
