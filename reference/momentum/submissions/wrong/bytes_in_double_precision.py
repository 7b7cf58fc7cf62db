"""Numbers are taken to have eight bytes.

caught by: check_predicted_state_is_what_is_allocated
message: bytes were measured
"""


def predict_state_bytes(optimiser, num_params, itemsize):
    return 8 * num_params * (2 if optimiser.startswith("Adam") else 1)
