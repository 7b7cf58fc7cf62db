"""The bubble is (p - 1) / m.

caught by: check_predicted_overlap
message: were measured
not recognised: its first wrong number comes out of many mistakes; the check ends there
"""


def predict_bubble(p, m):
    return (p - 1) / m
