"""The error is the square of the largest one.

caught by: (later)
message: (later)
"""


def predict_squared_error(scale, stochastic):
    return scale**2 * (1.0 if stochastic else 0.25)
