"""beta is taken for the rate, which is its root.

caught by: check_predicted_steps_are_the_counted_ones
message: steps were measured
"""


def predict_iterations(method, mu, L, ratio):
    if method == "gradient_descent":
        return math.ceil(math.log(ratio) / math.log((L - mu) / (L + mu)))
    return math.ceil(math.log(ratio) / math.log(optimal_momentum(mu, L)[1]))
