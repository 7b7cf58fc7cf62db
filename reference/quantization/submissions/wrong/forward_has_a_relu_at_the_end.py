"""A ReLU stands after the last layer, too.

caught by: (later)
message: (later)
"""


def forward(layers, X):
    for layer in layers:
        X = np.maximum(layer(X), 0)
    return X
