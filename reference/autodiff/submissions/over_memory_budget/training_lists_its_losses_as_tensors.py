"""The losses are listed as Tensors, each with its tape, and become numbers in the end.

caught by: check_training_keeps_nothing_of_a_step
message: used
"""


def train_mlp(params, X, labels, alpha, B, num_epochs, rng):
    tensors, losses = [Tensor(p, requires_grad=True) for p in params], []
    for _ in range(num_epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), B):
            rows = order[start : start + B]
            losses.append(mlp_loss(tensors, X[rows], labels[rows]))
            for p, g in zip(tensors, gradients_of(losses[-1], tensors), strict=True):
                p.data = p.data - alpha * g
    return [p.data for p in tensors], [float(loss.data) for loss in losses]
