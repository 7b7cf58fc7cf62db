"""All models are kept, and the listed ones picked at the end.

caught by: check_gradient_descent_keeps_only_listed_models
message: the budget is
"""


def gradient_descent(grad_fn, W0, n, alpha, num_iters, monitor_period):
    path = [W0.copy()]
    for _ in range(num_iters):
        path.append(path[-1] - alpha * grad_fn(path[-1], slice(0, n)))
    listed = [*range(0, num_iters, monitor_period), num_iters]
    return [path[step] for step in listed]
