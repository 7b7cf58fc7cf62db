"""The batches are asked for once, and kept for all layers.

caught by: check_network_reads_its_batches_for_each_layer
message: were asked for
not recognised: its answers are right; the message says which batches were asked for
"""


def quantize_network(weights, biases, batch, batches, bits, group, symmetric):
    layers, inputs = [], [batch(i) for i in range(batches)]
    for W, bias in zip(weights, biases, strict=True):
        calibration = Calibration(W.shape[1])
        for X in inputs:
            calibration.update(X)
        layers.append(QuantizedLinear(W, bias, bits, group, symmetric, calibration.H))
        inputs = [np.maximum(layers[-1](X), 0) for X in inputs]
    return layers
