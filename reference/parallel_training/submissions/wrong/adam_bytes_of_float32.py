"""Parameters and gradients have 4 bytes.

caught by: check_predicted_bytes_under_zero
message: bytes were measured
"""


def predict_adam_bytes(P, N, stage):
    whole = {0: 16, 1: 8, 2: 4, 3: 0}[stage]
    return whole * P + (16 - whole) * -(-P // N)
