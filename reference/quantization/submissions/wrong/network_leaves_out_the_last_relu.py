"""The ReLU before the layer that is calibrated is missing: `forward` has none after its last layer.

caught by: check_network_is_quantized_layer_after_layer
message: the bytes of the codes of layer
"""


def quantize_network(weights, biases, batch, batches, bits, group, symmetric):
    layers = []
    for W, bias in zip(weights, biases, strict=True):
        calibration = Calibration(W.shape[1])
        for i in range(batches):
            X = batch(i)
            calibration.update(forward(layers, X) if layers else X)
        layers.append(QuantizedLinear(W, bias, bits, group, symmetric, calibration.H))
    return layers
