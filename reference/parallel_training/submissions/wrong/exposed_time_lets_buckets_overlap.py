"""Buckets are sent at the same time.

caught by: check_predicted_overlap
message: were measured
"""


def predict_exposed_time(backward, communication):
    ready, last = 0.0, 0.0
    for work, message in zip(backward, communication, strict=True):
        ready += work
        last = max(last, ready + message)
    return last - ready
