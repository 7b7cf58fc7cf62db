"""No ReLU stands between layers.

caught by: check_forward_of_the_worked_example, check_compensation_helps_on_the_digits
message: the inputs of the second layer
"""


def forward(layers, X):
    for layer in layers:
        X = layer(X)
    return X
