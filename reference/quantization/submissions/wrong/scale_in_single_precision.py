"""The scale is returned in float32.

caught by: check_parameters_of_the_worked_example
message: the asymmetric scales has dtype float
appended to: uniform.py
"""


def _exact(low, high, bits, symmetric, parameters=parameters):
    return parameters(low, high, bits, symmetric)


def parameters(low, high, bits, symmetric):
    scale, zero = _exact(low, high, bits, symmetric)
    return scale.astype(np.float32), zero
