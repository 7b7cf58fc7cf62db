"""Stage 3 sends as much as stage 2.

caught by: check_predicted_bytes_under_zero
message: bytes were measured
not recognised: small whole numbers say too little; the check's message says which is wrong
"""


def predict_step_bytes(P, N, itemsize, stage):
    return 2 * (N - 1) * -(-P // N) * itemsize
