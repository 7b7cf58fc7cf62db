"""Velocities are zero again after each average.

caught by: check_local_steps_with_averages
message: is off by
appended to: data_parallel.py
"""


def local_sgd(comm, params, grad_fn, X, Y, lr, beta, H, all_reduce=ring_all_reduce):
    for start in range(0, len(X), H):
        velocities = [np.zeros_like(w) for w in params]
        for x, y in zip(X[start : start + H], Y[start : start + H], strict=True):
            grads = grad_fn(params, x, y)
            velocities = [
                beta * V - lr * (g / len(x)) for V, g in zip(velocities, grads, strict=True)
            ]
            params = [w + V for w, V in zip(params, velocities, strict=True)]
        params = [w / comm.size for w in _summed(comm, params, 2**40, all_reduce)]
    return params
