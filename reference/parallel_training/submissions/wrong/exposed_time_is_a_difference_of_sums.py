"""The exposed time is what communication takes longer than the backward pass.

caught by: check_predicted_overlap
message: were measured
"""


def predict_exposed_time(backward, communication):
    return max(0.0, sum(communication) - sum(backward))
