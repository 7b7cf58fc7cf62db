"""The velocities are listed, not the points.

caught by: check_momentum_of_the_worked_example, check_momentum_follows_its_closed_form
message: w_0, ..., w_3 is off
"""


def gd_momentum(grad, w0, alpha, beta, T):
    w, velocities = w0.copy(), [np.zeros_like(w0)]
    for _ in range(T):
        velocities.append(beta * velocities[-1] - alpha * grad(w))
        w = w + velocities[-1]
    return np.stack(velocities)
