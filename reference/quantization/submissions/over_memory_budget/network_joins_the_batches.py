"""All batches are joined for one pass.

caught by: check_network_reads_its_batches_for_each_layer
message: the budget is
"""


def quantize_network(weights, biases, batch, batches, bits, group, symmetric):
    layers = []
    for W, bias in zip(weights, biases, strict=True):
        calibration = Calibration(W.shape[1])
        X = np.concatenate([batch(i) for i in range(batches)])
        for layer in layers:
            X = np.maximum(layer(X), 0)
        calibration.update(X)
        layers.append(QuantizedLinear(W, bias, bits, group, symmetric, calibration.H))
    return layers
