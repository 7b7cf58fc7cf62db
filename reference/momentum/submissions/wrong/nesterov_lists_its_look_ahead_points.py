"""The look-ahead points are listed, not the iterates.

caught by: check_nesterov_of_the_worked_example, check_nesterov_follows_its_closed_form
message: w_0, ..., w_3 is off
"""


def gd_nesterov(grad, w0, alpha, beta, T):
    ahead, w = [w0.copy()], w0
    for _ in range(T):
        after = ahead[-1] - alpha * grad(ahead[-1])
        ahead.append(after + beta * (after - w))
        w = after
    return np.stack(ahead)
