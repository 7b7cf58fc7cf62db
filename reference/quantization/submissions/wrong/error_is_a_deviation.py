"""The error is not squared.

caught by: check_predicted_error_of_rounding
message: predict_squared_error is
"""


def predict_squared_error(scale, stochastic):
    return scale / (6 if stochastic else 12) ** 0.5
