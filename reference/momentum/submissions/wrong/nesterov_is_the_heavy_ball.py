"""The gradient is taken at the iterate itself, as the heavy ball does.

caught by: check_nesterov_of_the_worked_example, check_nesterov_follows_its_closed_form
message: w_0, ..., w_3 is off
"""


def gd_nesterov(grad, w0, alpha, beta, T):
    path, v = [w0.copy()], np.zeros_like(w0)
    for _ in range(T):
        v = beta * v - alpha * grad(path[-1])
        path.append(path[-1] + v)
    return np.stack(path)
