"""The step starts from the look-ahead point, so that momentum counts twice.

caught by: check_nesterov_of_the_worked_example, check_nesterov_follows_its_closed_form
message: w_0, ..., w_3 is off
"""


def gd_nesterov(grad, w0, alpha, beta, T):
    path, v = [w0.copy()], np.zeros_like(w0)
    for _ in range(T):
        ahead = path[-1] + beta * v
        v = beta * v - alpha * grad(ahead)
        path.append(ahead + v)
    return np.stack(path)
