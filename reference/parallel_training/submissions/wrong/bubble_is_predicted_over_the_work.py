"""The bubble is (p - 1) / m.

caught by: check_predicted_overlap
message: were measured
"""


def predict_bubble(p, m):
    return (p - 1) / m
