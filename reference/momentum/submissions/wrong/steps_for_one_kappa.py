"""The number of steps does not depend on the curvatures.

caught by: check_predicted_steps_are_the_counted_ones
message: steps were measured
"""


def predict_iterations(method, mu, L, ratio):
    return 104 if method == "heavy_ball" else 259
