"""idx = arange(n) selects all rows too, but X[idx] copies them in every step.

caught by: check_gradient_descent_uses_all_examples_in_each_step
message: would copy all the data
"""


def gradient_descent(grad_fn, W0, n, alpha, num_iters, monitor_period):
    W = W0.copy()
    models = [W]
    for step in range(1, num_iters + 1):
        W = W - alpha * grad_fn(W, np.arange(n))
        if step % monitor_period == 0 or step == num_iters:
            models.append(W)
    return models
