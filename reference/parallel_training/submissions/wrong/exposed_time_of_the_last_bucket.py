"""Only the last bucket is exposed.

caught by: check_predicted_overlap
message: were measured
"""


def predict_exposed_time(backward, communication):
    return float(communication[-1])
