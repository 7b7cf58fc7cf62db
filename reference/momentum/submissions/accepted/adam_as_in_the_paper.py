"""Adam with corrected averages, by its letter, and only two temporaries."""


class Adam:
    def __init__(self, params, alpha, rho1=0.9, rho2=0.999, eps=1e-8):
        self.alpha, self.rhos, self.eps, self.steps = alpha, (rho1, rho2), eps, 0
        self.state = {i: (np.zeros_like(w), np.zeros_like(w)) for i, w in enumerate(params)}

    def step(self, params, grads):
        self.steps += 1
        for i, w in enumerate(params):
            self._move(w, grads[i], *self.state[i])

    def _move(self, w, g, m, v):
        (rho1, rho2), t = self.rhos, self.steps
        m[:] = np.multiply(m, rho1, out=m)
        m += (1 - rho1) * g
        v *= rho2
        v += (1 - rho2) * g * g
        v_hat = v / (1 - rho2**t)
        np.sqrt(v_hat, out=v_hat)
        v_hat += self.eps
        m_hat = m / (1 - rho1**t)
        m_hat /= v_hat
        m_hat *= self.alpha
        w -= m_hat
