"""No error is made good: every weight is rounded to its nearest code.

caught by: check_gptq_of_the_worked_example, check_gptq_makes_exact_steps
message: the codes for H = I +
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    return quantize(W, scale, zero, bits, symmetric)
