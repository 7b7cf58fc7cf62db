"""The monitor starts counting again in every epoch.

caught by: check_batches_in_order_follow_their_gradients
message: model 2 of the list is off
"""


def sgd_minibatch_sequential(grad_fn, W0, n, alpha, B, num_epochs, monitor_period):
    W = W0.copy()
    models = [W]
    for _ in range(num_epochs):
        for step, i in enumerate(range(0, n, B), start=1):
            W = W - alpha * grad_fn(W, slice(i, min(i + B, n)))
            if step % monitor_period == 0:
                models.append(W)
    return [*models, W]
