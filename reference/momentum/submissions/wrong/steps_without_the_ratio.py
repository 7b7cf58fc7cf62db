"""The number of steps does not depend on the ratio.

caught by: check_predicted_steps_are_the_counted_ones
message: steps were measured
"""


def predict_iterations(method, mu, L, ratio):
    kappa = L / mu if method == "gradient_descent" else math.sqrt(L / mu)
    return math.ceil(10.36 * kappa)
