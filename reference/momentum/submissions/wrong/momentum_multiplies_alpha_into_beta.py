"""Alpha multiplies the old velocity too.

caught by: check_momentum_of_the_worked_example, check_momentum_follows_its_closed_form
message: w_0, ..., w_3 is off
"""


def gd_momentum(grad, w0, alpha, beta, T):
    path, v = [w0.copy()], np.zeros_like(w0)
    for _ in range(T):
        v = alpha * (beta * v - grad(path[-1]))
        path.append(path[-1] + v)
    return np.stack(path)
