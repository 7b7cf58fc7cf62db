"""float32 becomes float64 on the way.

caught by: check_momentum_on_other_shapes_and_types
message: has dtype float64, expected float32
"""


def gd_momentum(grad, w0, alpha, beta, T):
    path, v = [w0.astype(float)], np.zeros(w0.shape)
    for _ in range(T):
        v = beta * v - alpha * grad(path[-1])
        path.append(path[-1] + v)
    return np.stack(path)
