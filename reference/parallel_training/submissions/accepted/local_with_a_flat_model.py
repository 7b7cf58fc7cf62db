"""Parameters and velocities are flat arrays between the calls of grad_fn.

appended to: data_parallel.py
"""


def local_sgd(comm, params, grad_fn, X, Y, lr, beta, H, all_reduce=ring_all_reduce):
    ends = np.cumsum([w.size for w in params])[:-1]

    def shaped(flat):
        return [a.reshape(w.shape) for a, w in zip(np.split(flat, ends), params, strict=True)]

    w = np.concatenate([p.ravel() for p in params])
    V = np.zeros_like(w)
    for k, (x, y) in enumerate(zip(X, Y, strict=True), start=1):
        G = np.concatenate([g.ravel() for g in grad_fn(shaped(w), x, y)])
        V *= beta
        V -= lr / len(x) * G
        w += V
        if k % H == 0 or k == len(X):
            w = all_reduce(comm, w) / comm.size
    return shaped(w)


def stale_sgd(grad, w0, lr, tau, steps):
    path = np.empty((steps + 1, len(w0)))
    path[: tau + 1] = w0
    for t in range(1, steps + 1):
        path[t] = path[t - 1] - lr * grad(path[t - 1 - tau] if t > tau else w0)
    return path


def largest_stable_step(curvature, tau):
    return 2 * math.cos(math.pi * tau / (2 * tau + 1)) / curvature


def noise_scale(small_squared, small, big_squared, big):
    equations = np.array([[1, 1 / small], [1, 1 / big]])
    squared, trace = np.linalg.solve(equations, [small_squared, big_squared])
    return float(squared), float(trace)
