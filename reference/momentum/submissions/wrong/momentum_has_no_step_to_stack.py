"""For T = 0 the first gradient is asked for nevertheless.

caught by: check_momentum_on_other_shapes_and_types
message: expected (1, 2)
"""


def gd_momentum(grad, w0, alpha, beta, T):
    v = -alpha * grad(w0)
    path = [w0.copy(), w0 + v]
    for _ in range(T - 1):
        v = beta * v - alpha * grad(path[-1])
        path.append(path[-1] + v)
    return np.stack(path)
