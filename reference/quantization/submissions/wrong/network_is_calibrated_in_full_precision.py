"""Each layer is calibrated with the inputs of the float network.

caught by: check_network_is_quantized_layer_after_layer
message: the bytes of the codes of layer
"""


def quantize_network(weights, biases, batch, batches, bits, group, symmetric):
    layers = []
    for k, (W, bias) in enumerate(zip(weights, biases, strict=True)):
        calibration = Calibration(W.shape[1])
        for i in range(batches):
            X = batch(i)
            for V, b in zip(weights[:k], biases[:k], strict=True):
                X = np.maximum(X @ V.T + b, 0).astype(np.float32)
            calibration.update(X)
        layers.append(QuantizedLinear(W, bias, bits, group, symmetric, calibration.H))
    return layers
