"""The velocity of the last call is where the next one starts.

caught by: check_momentum_on_other_shapes_and_types
message: expected float32
"""

_velocities = {}


def gd_momentum(grad, w0, alpha, beta, T):
    path = [w0.copy()]
    v = _velocities.setdefault(w0.shape, np.zeros_like(w0))
    for _ in range(T):
        v *= beta
        v -= alpha * grad(path[-1])
        path.append(path[-1] + v)
    return np.stack(path)
