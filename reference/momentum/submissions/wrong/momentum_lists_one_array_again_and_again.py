"""Every row of the result is the final point.

caught by: check_momentum_of_the_worked_example, check_momentum_follows_its_closed_form
message: w_0, ..., w_3 is off
"""


def gd_momentum(grad, w0, alpha, beta, T):
    w, v, path = w0.copy(), np.zeros_like(w0), []
    path.append(w)
    for _ in range(T):
        v = beta * v - alpha * grad(w)
        w += v
        path.append(w)
    return np.stack(path)
