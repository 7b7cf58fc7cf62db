"""A ReLU stands before each layer, so negative inputs become 0.

caught by: check_forward_of_the_worked_example
message: the inputs of the first layer
"""


def forward(layers, X):
    for layer in layers:
        X = layer(np.maximum(X, 0))
    return X
