"""AdamW's decay and Adam's move are taken off together, both from the parameter as it was."""


class AdamW(AdamW):
    def step(self, params, grads):
        self.t += 1
        for i, w in enumerate(params):
            move = self.move(grads[i], self.means[i], self.squares[i])
            if self.decayed[i]:
                move += self.alpha * self.weight_decay * w
            w -= move
            del move  # a name holds its array in the next turn, too

    def move(self, g, s, r):
        s *= self.rho1
        s += (1 - self.rho1) * g
        r *= self.rho2
        r += (1 - self.rho2) * g * g
        move = r / (1 - self.rho2**self.t)
        np.sqrt(move, out=move)
        move += self.eps
        np.divide(s, move, out=move)
        move *= self.alpha / (1 - self.rho1**self.t)
        return move


def predict_iterations(method, mu, L, ratio):
    kappa = L / mu if method == "gradient_descent" else (L / mu) ** 0.5
    return np.log(ratio) / np.log1p(-2 / (kappa + 1))  # not rounded at all
