"""A tree has ceil(log2 N) rounds for every N.

caught by: check_predicted_times
message: were measured
"""


def predict_tree_time(n, N, itemsize, latency, bandwidth):
    return (N - 1).bit_length() * (latency + n * itemsize / bandwidth)
