"""The old model is moved, not only its gradient used.

caught by: check_stale_steps_use_old_gradients
message: is off by
appended to: data_parallel.py
"""


def stale_sgd(grad, w0, lr, tau, steps):
    path = [w0]
    for t in range(steps):
        old = path[max(t - tau, 0)]
        path.append(old - lr * grad(old))
    return np.array(path)
