"""Only the first batch is asked for.

caught by: check_network_is_quantized_layer_after_layer
message: the bytes of the codes of layer
"""


def quantize_network(weights, biases, batch, batches, bits, group, symmetric):
    layers = []
    for W, bias in zip(weights, biases, strict=True):
        calibration, X = Calibration(W.shape[1]), batch(0)
        for layer in layers:
            X = np.maximum(layer(X), 0)
        calibration.update(X)
        layers.append(QuantizedLinear(W, bias, bits, group, symmetric, calibration.H))
    return layers
