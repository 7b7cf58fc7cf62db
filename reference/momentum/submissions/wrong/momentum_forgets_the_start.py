"""The initial point is not listed.

caught by: check_momentum_of_the_worked_example, check_momentum_follows_its_closed_form
message: has shape (3, 2), expected (4, 2)
"""


def gd_momentum(grad, w0, alpha, beta, T):
    path, w, v = [], w0.copy(), np.zeros_like(w0)
    for _ in range(T):
        v = beta * v - alpha * grad(w)
        w = w + v
        path.append(w)
    return np.stack(path)
