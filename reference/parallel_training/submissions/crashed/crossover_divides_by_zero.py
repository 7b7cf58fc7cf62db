"""Two ranks divide by zero.

caught by: check_predicted_crossover
message: ZeroDivisionError
"""


def predict_crossover(N, latency, bandwidth):
    ring, tree = 2 * (N - 1), N.bit_length() - 1
    return (ring - tree) * latency * bandwidth / (tree - ring / N)
