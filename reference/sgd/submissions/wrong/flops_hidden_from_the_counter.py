"""Products of plain arrays are not counted, and nothing is predicted.

caught by: check_predicted_flops_are_the_counted_ones
message: predict_flops is 0 for B = 12, d = 7, c = 5, but 1 680 FLOPs were measured
not recognised: a zero comes out of many mistakes
"""

_honest = softmax_xent_grad


def softmax_xent_grad(W, X, Y, gamma):
    return _honest(W.view(np.ndarray), X.view(np.ndarray), Y, gamma)


def predict_flops(B, d, c):
    return 0
