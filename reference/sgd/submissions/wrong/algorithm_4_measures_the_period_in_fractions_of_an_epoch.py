"""The period is counted with floats that are not exact, and models go missing.

caught by: check_batches_in_order_follow_their_gradients
message: the number of models in the list
"""


def sgd_minibatch_sequential(grad_fn, W0, n, alpha, B, num_epochs, monitor_period):
    W = W0.copy()
    models, epochs_done = [W], 0.0
    steps_per_epoch = -(-n // B)
    for _ in range(num_epochs):
        for i in range(0, n, B):
            W = W - alpha * grad_fn(W, slice(i, min(i + B, n)))
            epochs_done += 1 / steps_per_epoch
            if epochs_done % (monitor_period / steps_per_epoch) == 0:
                models.append(W)
    return [*models, W]
