"""GPTQ is left as it was in the template.

caught by: check_gptq_of_the_worked_example
message: gptq() is not implemented yet
appended to: compensation.py
"""


def gptq(W, U, scale, zero, bits, symmetric, block=64):
    raise NotImplementedError("part 4.3: GPTQ")
