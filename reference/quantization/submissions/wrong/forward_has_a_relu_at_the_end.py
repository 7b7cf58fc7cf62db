"""A ReLU stands after the last layer, too.

caught by: check_forward_of_the_worked_example, check_compensation_helps_on_the_digits
message: the outputs of one layer
"""


def forward(layers, X):
    for layer in layers:
        X = np.maximum(layer(X), 0)
    return X
