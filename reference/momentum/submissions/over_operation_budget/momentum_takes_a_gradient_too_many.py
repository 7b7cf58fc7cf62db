"""The gradient at the final point is evaluated too.

caught by: check_momentum_evaluates_one_gradient_a_step
message: 31 gradient evaluations
"""


def gd_momentum(grad, w0, alpha, beta, T):
    path, v = [w0.copy()], np.zeros_like(w0)
    gradient = grad(w0)
    for _ in range(T):
        v = beta * v - alpha * gradient
        path.append(path[-1] + v)
        gradient = grad(path[-1])
    return np.stack(path)
