"""The bytes of a step are those of all ranks together.

caught by: check_predicted_bytes_under_zero
message: bytes were measured
"""

of_one_rank = predict_step_bytes


def predict_step_bytes(P, N, itemsize, stage):
    return N * of_one_rank(P, N, itemsize, stage)
