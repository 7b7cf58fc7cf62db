"""Everything by numpy functions with out=."""


class SGDMomentum:
    def __init__(self, params, alpha, beta):
        self.alpha, self.beta = alpha, beta
        self.v = tuple(np.zeros(w.shape, w.dtype) for w in params)

    def step(self, params, grads):
        for i in range(len(params)):
            w, g, v = params[i], grads[i], self.v[i]
            buffer = np.empty_like(v)
            np.multiply(v, self.beta, out=v)
            np.multiply(g, self.alpha, out=buffer)
            np.subtract(v, buffer, out=v)
            np.add(w, v, out=w)


class AdaGrad:
    def __init__(self, params, alpha, eps=1e-8):
        self.alpha, self.eps = alpha, eps
        self.sums = [np.zeros(w.shape, w.dtype) for w in params]

    def step(self, params, grads):
        for w, g, total in zip(params, grads, self.sums, strict=True):
            buffer = np.empty(w.shape, w.dtype)
            np.square(g, out=buffer)
            np.add(total, buffer, out=total)
            np.sqrt(total, out=buffer)
            np.add(buffer, self.eps, out=buffer)
            np.divide(g, buffer, out=buffer)
            np.multiply(buffer, self.alpha, out=buffer)
            np.subtract(w, buffer, out=w)
