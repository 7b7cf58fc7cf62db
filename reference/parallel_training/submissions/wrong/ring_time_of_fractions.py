"""A chunk of the ring has n / N entries.

caught by: check_predicted_times
message: were measured
"""


def predict_ring_time(n, N, itemsize, latency, bandwidth):
    return 2 * (N - 1) * (latency + n / N * itemsize / bandwidth)
