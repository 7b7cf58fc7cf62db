"""Velocities are averaged together with the parameters.

caught by: check_local_steps_with_averages, check_local_steps_of_other_periods
message: is off by
appended to: data_parallel.py
"""


def local_sgd(comm, params, grad_fn, X, Y, lr, beta, H, all_reduce=ring_all_reduce):
    velocities = [np.zeros_like(w) for w in params]
    for k in range(len(X)):
        grads = grad_fn(params, X[k], Y[k])
        velocities = [
            beta * V - lr * (g / len(X[k])) for V, g in zip(velocities, grads, strict=True)
        ]
        params = [w + V for w, V in zip(params, velocities, strict=True)]
        if (k + 1) % H == 0 or k + 1 == len(X):
            both = [*params, *velocities]
            both = [w / comm.size for w in _summed(comm, both, 2**40, all_reduce)]
            params, velocities = both[: len(params)], both[len(params) :]
    return params
