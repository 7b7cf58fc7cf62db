"""The model does not move before step tau.

caught by: check_stale_steps_use_old_gradients
message: is off by
appended to: data_parallel.py
"""


def stale_sgd(grad, w0, lr, tau, steps):
    path = [w0]
    for t in range(steps):
        path.append(path[t] - lr * grad(path[t - tau]) if t >= tau else path[t])
    return np.array(path)
