"""The bytes are bits times weights over 8, without the half bytes that are left over.

caught by: check_predicted_bytes_of_a_layer
message: predict_layer_bytes is
"""


def predict_layer_bytes(rows, d, bits, group, symmetric):
    groups = -(-d // group)
    return rows * d * bits // 8 + rows * (groups * (4 if symmetric else 5) + 4)
