"""Training draws an order for an epoch that never comes.

caught by: check_training_takes_the_right_steps
message: what rng draws after two permutations
"""

_train = train_mlp


def train_mlp(params, X, labels, alpha, B, num_epochs, rng):
    result = _train(params, X, labels, alpha, B, num_epochs, rng)
    rng.permutation(len(X))
    return result
