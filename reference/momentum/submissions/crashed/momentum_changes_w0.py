"""w0 is moved in place.

caught by: check_momentum_of_the_worked_example
message: read-only
"""


def gd_momentum(grad, w0, alpha, beta, T):
    w, v, path = w0, np.zeros_like(w0), [w0.copy()]
    for _ in range(T):
        v = beta * v - alpha * grad(w)
        w += v
        path.append(w.copy())
    return np.stack(path)
