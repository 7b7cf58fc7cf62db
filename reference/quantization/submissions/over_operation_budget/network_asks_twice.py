"""Each layer asks for the batches twice: to measure the inputs, and to add them up.

caught by: check_network_reads_its_batches_for_each_layer
message: the budget is
"""


def quantize_network(weights, biases, batch, batches, bits, group, symmetric):
    layers = []
    for W, bias in zip(weights, biases, strict=True):
        calibration, largest = Calibration(W.shape[1]), 0.0
        for again in (False, True):
            for i in range(batches):
                X = batch(i)
                for layer in layers:
                    X = np.maximum(layer(X), 0)
                if again:
                    calibration.update(X)
                largest = max(largest, float(np.abs(X).max()))
        layers.append(QuantizedLinear(W, bias, bits, group, symmetric, calibration.H))
    return layers
