"""The gradient at the iterate is evaluated as well as the one ahead.

caught by: check_nesterov_takes_its_gradients_ahead
message: 60 gradient evaluations
"""


def gd_nesterov(grad, w0, alpha, beta, T):
    path, v = [w0.copy()], np.zeros_like(w0)
    for _ in range(T):
        if np.any(grad(path[-1])):  # not there yet
            v = beta * v - alpha * grad(path[-1] + beta * v)
        path.append(path[-1] + v)
    return np.stack(path)
