"""A ReLU stands before each layer, so negative inputs become 0.

caught by: (later)
message: (later)
"""


def forward(layers, X):
    for layer in layers:
        X = layer(np.maximum(X, 0))
    return X
