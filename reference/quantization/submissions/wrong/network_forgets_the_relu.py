"""Layers are calibrated with inputs that no ReLU has met.

caught by: check_network_is_quantized_layer_after_layer
message: the bytes of the codes of layer
"""


def quantize_network(weights, biases, batch, batches, bits, group, symmetric):
    layers = []
    for W, bias in zip(weights, biases, strict=True):
        calibration = Calibration(W.shape[1])
        for i in range(batches):
            X = batch(i)
            for layer in layers:
                X = layer(X)
            calibration.update(X)
        layers.append(QuantizedLinear(W, bias, bits, group, symmetric, calibration.H))
    return layers
