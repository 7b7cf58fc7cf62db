"""The points are returned as a list of arrays.

caught by: check_momentum_of_the_worked_example, check_momentum_follows_its_closed_form
message: expected an array of shape (4, 2)
"""


def gd_momentum(grad, w0, alpha, beta, T):
    path, v = [w0.copy()], np.zeros_like(w0)
    for _ in range(T):
        v = beta * v - alpha * grad(path[-1])
        path.append(path[-1] + v)
    return path
