"""Adam is taken to keep one array.

caught by: check_predicted_state_is_what_is_allocated
message: bytes were measured
"""


def predict_state_bytes(optimiser, num_params, itemsize):
    return num_params * itemsize
