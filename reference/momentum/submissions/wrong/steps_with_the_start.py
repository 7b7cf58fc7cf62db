"""The start is counted as a step.

caught by: check_predicted_steps_are_the_counted_ones, check_predicted_steps_for_other_curvatures
message: steps were measured
"""


def predict_iterations(method, mu, L, ratio):
    kappa = L / mu if method == "gradient_descent" else math.sqrt(L / mu)
    return math.ceil(math.log(ratio) / math.log((kappa - 1) / (kappa + 1))) + 1
