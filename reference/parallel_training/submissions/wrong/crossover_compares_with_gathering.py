"""The crossover is that of a ring of whole arrays.

caught by: check_predicted_crossover
message: bytes were measured
"""


def predict_crossover(N, latency, bandwidth):
    tree = N.bit_length() - 1
    saved = tree - 2 / N
    return (2 * (N - 1) - tree) * latency * bandwidth / saved if saved > 0 else math.inf
