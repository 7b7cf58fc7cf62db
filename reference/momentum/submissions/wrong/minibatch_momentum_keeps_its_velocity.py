"""The velocity outlives the call.

caught by: check_minibatch_momentum_of_other_sizes
message: is off
"""

VELOCITIES = {}


def sgd_mss_with_momentum(grad_fn, W0, n, alpha, beta, B, num_epochs, monitor_period):
    W, models, V = W0.copy(), [W0.copy()], VELOCITIES.setdefault(W0.shape, np.zeros_like(W0))
    batches = num_epochs * [slice(i, min(i + B, n)) for i in range(0, n, B)]
    for t, idx in enumerate(batches, start=1):
        V *= beta
        V -= alpha * grad_fn(W, idx)
        W = W + V
        if t % monitor_period == 0 or t == len(batches):
            models.append(W)
    return models
