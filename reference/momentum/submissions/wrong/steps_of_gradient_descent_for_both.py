"""The heavy ball is given the rate of gradient descent.

caught by: check_predicted_steps_are_the_counted_ones
message: steps were measured
"""


def predict_iterations(method, mu, L, ratio):
    return math.ceil(math.log(ratio) / math.log((L - mu) / (L + mu)))
