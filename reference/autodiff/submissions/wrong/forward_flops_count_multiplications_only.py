"""Multiplications are counted without their additions.

caught by: check_predicted_forward_flops
message: half
"""


def predict_forward_flops(B, d, h, c):
    return B * d * h + B * h * c
