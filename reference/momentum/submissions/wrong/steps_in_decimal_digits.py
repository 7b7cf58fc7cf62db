"""Digits are counted, and each is taken for a factor of e.

caught by: check_predicted_steps_are_the_counted_ones
message: steps were measured
"""


def predict_iterations(method, mu, L, ratio):
    kappa = L / mu if method == "gradient_descent" else math.sqrt(L / mu)
    return math.ceil(-math.log10(ratio) * kappa / 2)
