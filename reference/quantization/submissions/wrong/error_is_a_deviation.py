"""The error is not squared.

caught by: (later)
message: (later)
"""


def predict_squared_error(scale, stochastic):
    return scale / (6 if stochastic else 12) ** 0.5
