"""Momentum by the last two points, without a velocity."""


def gd_momentum(grad, w0, alpha, beta, T):
    before = w = w0.copy()
    path = [w]
    for _ in range(T):
        before, w = w, w - alpha * grad(w) + beta * (w - before)
        path.append(w)
    return np.stack(path)
