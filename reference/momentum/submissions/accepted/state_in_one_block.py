"""All state of a kind is one block with views in it; powers of rho are running products."""


def _blocks(params):
    views = [None] * len(params)
    for dtype in {p.dtype for p in params}:
        chosen = [i for i, p in enumerate(params) if p.dtype == dtype]
        flat, at = np.zeros(sum(params[i].size for i in chosen), dtype), 0
        for i in chosen:
            views[i] = flat[at : at + params[i].size].reshape(params[i].shape)
            at += params[i].size
    return views


class Adam:
    def __init__(self, params, alpha, rho1=0.9, rho2=0.999, eps=1e-8):
        self.alpha, self.rho1, self.rho2, self.eps = alpha, rho1, rho2, eps
        self.s, self.r = _blocks(params), _blocks(params)
        self.power1 = self.power2 = 1.0

    def step(self, params, grads):
        self.power1 *= self.rho1
        self.power2 *= self.rho2
        for w, g, s, r in zip(params, grads, self.s, self.r, strict=True):
            q = np.multiply(g, 1 - self.rho1)
            s *= self.rho1
            s += q
            np.square(g, out=q)
            q *= 1 - self.rho2
            r *= self.rho2
            r += q
            np.divide(r, 1 - self.power2, out=q)
            np.sqrt(q, out=q)
            q += self.eps
            np.divide(s, q, out=q)
            q *= self.alpha / (1 - self.power1)
            w -= q


class AdamW(Adam):
    def __init__(
        self,
        params,
        alpha,
        rho1=0.9,
        rho2=0.999,
        eps=1e-8,
        weight_decay=0.01,
        decayed=None,
    ):
        super().__init__(params, alpha, rho1, rho2, eps)
        self.weight_decay, self.decayed = weight_decay, decayed

    def step(self, params, grads):
        for i, w in enumerate(params):
            if self.decayed is None or self.decayed[i]:
                w *= 1 - self.alpha * self.weight_decay
        super().step(params, grads)
