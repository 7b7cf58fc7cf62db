"""The sum of a layer goes on in the next layer of the same width.

caught by: check_network_is_quantized_layer_after_layer
message: the bytes of the codes of layer 2
"""


def quantize_network(weights, biases, batch, batches, bits, group, symmetric):
    layers, calibrations = [], {}
    for W, bias in zip(weights, biases, strict=True):
        calibration = calibrations.setdefault(W.shape[1], Calibration(W.shape[1]))
        for i in range(batches):
            X = batch(i)
            for layer in layers:
                X = np.maximum(layer(X), 0)
            calibration.update(X)
        layers.append(QuantizedLinear(W, bias, bits, group, symmetric, calibration.H))
    return layers
