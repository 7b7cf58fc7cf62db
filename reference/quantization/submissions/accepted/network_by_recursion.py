"""The last layer is made after the others, and SGD keeps codes instead of weights."""


def quantize_network(weights, biases, batch, batches, bits, group, symmetric):
    if len(weights) == 0:
        return []
    before = quantize_network(weights[:-1], biases[:-1], batch, batches, bits, group, symmetric)
    H = np.zeros((weights[-1].shape[1],) * 2)
    for number in range(batches):
        X = batch(number)
        for layer in before:
            X = layer(X)
            X *= X > 0
        H += np.tensordot(X.astype(np.float64), X.astype(np.float64), axes=(0, 0))
    return [*before, QuantizedLinear(weights[-1], biases[-1], bits, group, symmetric, H)]


def low_precision_sgd(gradient, w, alpha, steps, scale, rng):
    codes = quantize(w, scale, 0, 8, True)
    for _ in range(steps):
        w = codes * np.float64(scale)
        w = w - alpha * gradient(w)
        if rng is not None:
            codes = quantize_stochastic(w, scale, 0, 8, True, rng)
        else:
            codes = quantize(w, scale, 0, 8, True)
    return codes * np.float64(scale)


def predict_bits_per_weight(bits, group, scale_bits, zero_bits):
    return (group * bits + scale_bits + zero_bits) / group


def predict_squared_error(scale, stochastic):
    nearest = scale * scale / 12
    return 2 * nearest if stochastic else nearest


def predict_flops_per_byte(bits_per_weight):
    return 16 / bits_per_weight
