"""The bytes are those of the layer in float32.

caught by: (later)
message: (later)
"""


def predict_layer_bytes(rows, d, bits, group, symmetric):
    return 4 * rows * (d + 1)
