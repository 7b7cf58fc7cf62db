"""The batches are asked for, and H is never used.

caught by: check_network_is_quantized_layer_after_layer
message: the bytes of the codes of layer
"""


def quantize_network(weights, biases, batch, batches, bits, group, symmetric):
    layers = []
    for W, bias in zip(weights, biases, strict=True):
        for i in range(batches):
            forward([*layers, QuantizedLinear(W, bias, bits, group, symmetric)], batch(i))
        layers.append(QuantizedLinear(W, bias, bits, group, symmetric))
    return layers
