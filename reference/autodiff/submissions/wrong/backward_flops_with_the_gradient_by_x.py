"""The gradient by X is counted, which nobody needs.

caught by: check_predicted_backward_flops
message: predict_backward_flops is
"""


def predict_backward_flops(B, d, h, c):
    return 2 * predict_forward_flops(B, d, h, c)
