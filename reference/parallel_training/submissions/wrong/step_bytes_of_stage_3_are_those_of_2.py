"""Stage 3 sends as much as stage 2.

caught by: check_predicted_bytes_under_zero
message: bytes were measured
"""


def predict_step_bytes(P, N, itemsize, stage):
    return 2 * (N - 1) * -(-P // N) * itemsize
