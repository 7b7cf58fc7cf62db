"""Rank 0 receives from all ranks at the same time.

caught by: check_predicted_times
message: were measured
"""


def predict_gather_time(n, N, itemsize, latency, bandwidth):
    return (2 if N > 1 else 0) * (latency + n * itemsize / bandwidth)
