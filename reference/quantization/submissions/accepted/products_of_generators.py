"""Tiles and inputs come from generators."""


def _tiles(packed, tile):
    for start in range(0, packed.shape[0], tile):
        yield slice(start, min(start + tile, packed.shape[0]))


def matmul_packed(X, packed, tile):
    product = np.empty((packed.shape[0], len(X)), np.float32)
    for part in _tiles(packed, tile):
        np.matmul(unpack(packed, rows=part), X.T, out=product[part])
    return product.T


class Calibration:
    def __init__(self, d):
        self._upper = np.zeros((d, d))

    def update(self, X):
        X = X.astype(float)
        for k in range(X.shape[1]):
            self._upper[k, k:] += X[:, k] @ X[:, k:]

    @property
    def H(self):
        return np.triu(self._upper, 1).T + self._upper


def quantize_network(weights, biases, batch, batches, bits, group, symmetric):
    layers = []

    def inputs():
        for X in map(batch, range(batches)):
            yield forward([*layers, lambda A: A], X)

    for W, bias in zip(weights, biases, strict=True):
        calibration = Calibration(len(W[0]))
        for X in inputs():
            calibration.update(X)
        layers.append(QuantizedLinear(W, bias, bits, group, symmetric, H=calibration.H))
    return layers
