"""Stochastic rounding has the error of rounding to the nearest.

caught by: (later)
message: (later)
"""


def predict_squared_error(scale, stochastic):
    return scale**2 / 12
