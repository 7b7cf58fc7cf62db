"""The loss is a mean over a hundred examples at most, however many there are.

caught by: check_loss_of_a_single_example_and_in_float32
message: the loss of many examples
"""

_of_all = softmax_xent_loss


def softmax_xent_loss(W, X, Y, gamma):
    return _of_all(W, X[:100], Y[:100], gamma)
