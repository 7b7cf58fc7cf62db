"""The path of Nesterov's momentum is float64 for a float32 w0.

caught by: check_nesterov_keeps_shape_and_type, check_nesterov_on_other_shapes_and_types
message: has dtype float64, expected float32
"""


def gd_nesterov(grad, w0, alpha, beta, T):
    path = np.empty((T + 1, *w0.shape))
    path[0] = w0
    v = np.zeros_like(w0)
    for t in range(T):
        v = beta * v - alpha * grad((path[t] + beta * v).astype(w0.dtype))
        path[t + 1] = path[t] + v
    return path
