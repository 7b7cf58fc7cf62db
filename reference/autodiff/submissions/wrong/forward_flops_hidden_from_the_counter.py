"""Products of plain arrays are not counted, and nothing is predicted.

caught by: check_predicted_forward_flops
message: predict_forward_flops is 0
not recognised: its answer is the number 0, which says nothing
"""

_honest = mlp_loss


def mlp_loss(params, X, labels):
    plainly = [Tensor(p.data.view(np.ndarray)) for p in params]
    return _honest(plainly, np.asarray(X).view(np.ndarray), labels)


def predict_forward_flops(B, d, h, c):
    return 0
