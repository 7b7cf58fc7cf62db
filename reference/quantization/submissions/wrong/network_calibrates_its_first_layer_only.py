"""Only the first layer is rounded with compensation.

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
                X = np.maximum(layer(X), 0)
            calibration.update(X)
        H = None if layers else calibration.H
        layers.append(QuantizedLinear(W, bias, bits, group, symmetric, H))
    return layers
