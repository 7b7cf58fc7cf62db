"""The gradient is evaluated once for the velocity and once for its norm.

caught by: check_momentum_evaluates_one_gradient_a_step
message: 60 gradient evaluations
"""


def gd_momentum(grad, w0, alpha, beta, T):
    path, v, norms = [w0.copy()], np.zeros_like(w0), []
    for _ in range(T):
        norms.append(np.linalg.norm(grad(path[-1])))
        v = beta * v - alpha * grad(path[-1])
        path.append(path[-1] + v)
    return np.stack(path)
