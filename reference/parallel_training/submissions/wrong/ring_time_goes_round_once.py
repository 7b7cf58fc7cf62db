"""The ring goes round once.

caught by: check_predicted_times
message: were measured
"""

twice = predict_ring_time


def predict_ring_time(n, N, itemsize, latency, bandwidth):
    return twice(n, N, itemsize, latency, bandwidth) / 2
