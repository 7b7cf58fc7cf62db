"""Optimisers as small rules on a common base class, with slots."""


class Rule:
    __slots__ = ("alpha", "options", "state", "t")
    arrays, names = 1, ()

    def __init__(self, params, alpha, *args, **options):
        self.alpha, self.t = alpha, 0
        self.options = options | dict(zip(self.names, args, strict=False))
        self.state = [[np.zeros_like(w) for _ in range(self.arrays)] for w in params]

    def step(self, params, grads):
        self.t += 1
        for w, g, state in zip(params, grads, self.state, strict=True):
            w -= self.move(g, *state, **self.options)


class SGDMomentum(Rule):
    __slots__ = ()
    names = ("beta",)

    def move(self, g, v, beta):
        v *= beta
        v += self.alpha * g  # the velocity with its sign turned around
        return v


class RMSProp(Rule):
    __slots__ = ()

    def move(self, g, s, rho=0.9, eps=1e-8):
        s -= (1 - rho) * s
        s += (1 - rho) * g * g
        below = np.sqrt(s)
        below += eps
        np.divide(g, below, out=below)
        below *= self.alpha
        return below


class Adam(Rule):
    __slots__ = ()
    arrays, names = 2, ("rho1", "rho2", "eps")

    def move(self, g, s, r, rho1=0.9, rho2=0.999, eps=1e-8):
        s *= rho1
        s += (1 - rho1) * g
        r *= rho2
        r += (1 - rho2) * np.square(g)
        move = np.sqrt(r)
        move /= math.sqrt(1 - rho2**self.t)
        move += eps
        np.divide(s, move, out=move)
        move *= self.alpha / (1 - rho1**self.t)
        return move
