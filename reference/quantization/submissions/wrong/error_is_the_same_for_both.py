"""Stochastic rounding has the error of rounding to the nearest.

caught by: check_predicted_error_of_rounding
message: predict_squared_error is
"""


def predict_squared_error(scale, stochastic):
    return scale**2 / 12
