"""The gradient is computed once for the step and once for a progress message.

caught by: check_gradient_descent_uses_all_examples_in_each_step
message: the number of steps is 8, expected 4
"""


def gradient_descent(grad_fn, W0, n, alpha, num_iters, monitor_period):
    W = W0.copy()
    models = [W]
    for step in range(1, num_iters + 1):
        norm = np.linalg.norm(grad_fn(W, slice(0, n)))
        assert np.isfinite(norm)
        W = W - alpha * grad_fn(W, slice(0, n))
        if step % monitor_period == 0 or step == num_iters:
            models.append(W)
    return models
