"""Only multiplications are counted.

caught by: check_predicted_operations_for_each_byte
message: predict_flops_per_byte is
"""


def predict_flops_per_byte(bits_per_weight):
    return 8 / bits_per_weight
