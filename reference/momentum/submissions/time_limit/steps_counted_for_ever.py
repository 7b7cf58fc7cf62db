"""Steps are counted until the rate is zero.

caught by: check_predicted_steps_are_the_counted_ones
message: did not finish
"""


def predict_iterations(method, mu, L, ratio):
    steps, left = 0, 1.0
    while left > 0:
        steps += 1
    return steps
