"""One array a layer is counted.

caught by: check_predicted_bytes_of_a_chain
message: predict_saved_bytes is
"""


def predict_saved_bytes(N, n):
    return 8 * n * (N + 4)
