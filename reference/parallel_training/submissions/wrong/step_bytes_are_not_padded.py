"""The bytes of a step are those of arrays without padding.

caught by: check_predicted_bytes_under_zero
message: bytes were measured
"""


def predict_step_bytes(P, N, itemsize, stage):
    return (3 if stage == 3 else 2) * (N - 1) * P * itemsize // N
