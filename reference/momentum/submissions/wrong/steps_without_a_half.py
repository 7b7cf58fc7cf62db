"""The rate is taken for 1 - 1 / kappa, half of what it gains.

caught by: check_predicted_steps_are_the_counted_ones
message: steps were measured
"""


def predict_iterations(method, mu, L, ratio):
    kappa = L / mu if method == "gradient_descent" else math.sqrt(L / mu)
    return math.ceil(math.log(ratio) / math.log(1 - 1 / kappa))
