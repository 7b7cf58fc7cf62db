"""Every name that starts with Ada is taken for an Adam.

caught by: check_predicted_state_is_what_is_allocated
message: bytes were measured
"""


def predict_state_bytes(optimiser, num_params, itemsize):
    return num_params * itemsize * (2 if optimiser.startswith("Ada") else 1)
