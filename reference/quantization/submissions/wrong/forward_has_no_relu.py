"""No ReLU stands between layers.

caught by: check_forward_of_the_worked_example
message: the outputs
"""


def forward(layers, X):
    for layer in layers:
        X = layer(X)
    return X
