"""The symmetric range begins one code lower, at -2^(bits - 1).

caught by: check_parameters_of_the_worked_example, check_scales_and_zeros_of_random_ranges
message: the least code of the symmetric range is -
appended to: uniform.py
"""


def code_range(bits, symmetric):
    return (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if symmetric else (0, 2**bits - 1)
