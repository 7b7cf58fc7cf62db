"""No ReLU stands between layers.

caught by: (later)
message: (later)
"""


def forward(layers, X):
    for layer in layers:
        X = layer(X)
    return X
