"""The shorter rest of an epoch is dropped.

caught by: check_training_takes_the_right_steps
message: the list with every loss
"""


def train_mlp(params, X, labels, alpha, B, num_epochs, rng):
    tensors, losses = [Tensor(p, requires_grad=True) for p in params], []
    for _ in range(num_epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X) - B + 1, B):
            rows = order[start : start + B]
            loss = mlp_loss(tensors, X[rows], labels[rows])
            loss.backward()
            losses.append(float(loss.data))
            for p in tensors:
                p.data = p.data - alpha * p.grad
                p.zero_grad()
    return [p.data for p in tensors], losses
