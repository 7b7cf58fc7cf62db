"""After fifty steps the step size is halved, as a schedule would.

appended to: data_parallel.py
caught by: check_runs_on_both_sides_of_the_border
message: a run diverges, and w is
"""


def stale_sgd(grad, w0, lr, tau, steps):
    path = [w0]
    for t in range(steps):
        step = lr if t < 50 else lr / 2
        path.append(path[t] - step * grad(path[max(t - tau, 0)]))
    return np.array(path)
