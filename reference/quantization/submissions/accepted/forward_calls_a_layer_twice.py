"""A ReLU by np.where, which asks a layer for its outputs twice."""


def forward(layers, X):
    *before, last = layers
    for layer in before:
        X = np.where(layer(X) > 0, layer(X), 0)
    return last(X)
