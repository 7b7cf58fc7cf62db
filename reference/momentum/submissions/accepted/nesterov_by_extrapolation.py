"""Nesterov by two sequences of points, without a velocity."""


def gd_nesterov(grad, w0, alpha, beta, T):
    path, ahead = [w0.copy()], w0
    for _ in range(T):
        path.append(ahead - alpha * grad(ahead))
        ahead = path[-1] + beta * (path[-1] - path[-2])
    return np.array(path)


class Nesterov:
    def __init__(self, params, alpha, beta):
        self.alpha, self.beta = alpha, beta
        self.before = [np.zeros(w.shape, w.dtype) for w in params]  # w + beta v = y, kept as beta v

    def step(self, params, grads):
        for y, lead, g in zip(params, self.before, grads, strict=True):
            move = g * self.alpha
            y -= move  # y - alpha g
            lead -= move
            lead *= self.beta  # beta times (y - alpha g - w)
            y += lead
