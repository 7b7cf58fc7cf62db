"""The sum is not sent back.

caught by: check_predicted_times, check_predicted_times_on_other_networks
message: were measured
"""


def predict_gather_time(n, N, itemsize, latency, bandwidth):
    return (N - 1) * (latency + n * itemsize / bandwidth)
