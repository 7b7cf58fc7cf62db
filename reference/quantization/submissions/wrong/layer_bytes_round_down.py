"""The half byte of an odd row is not counted.

caught by: check_predicted_bytes_of_a_layer
message: predict_layer_bytes is
not recognised: the few numbers of a formula say too little; the message says what was measured
"""


def predict_layer_bytes(rows, d, bits, group, symmetric):
    codes = d // 2 if bits <= 4 else d
    return rows * (codes + -(-d // group) * (4 if symmetric else 5) + 4)
