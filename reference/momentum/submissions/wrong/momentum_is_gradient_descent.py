"""The velocity is forgotten after every step.

caught by: check_momentum_of_the_worked_example, check_momentum_follows_its_closed_form
message: w_0, ..., w_3 is off
"""


def gd_momentum(grad, w0, alpha, beta, T):
    path = [w0.copy()]
    for _ in range(T):
        path.append(path[-1] - alpha * grad(path[-1]))
    return np.stack(path)
