"""The second average is of the sizes of gradients, not of their squares.

caught by: check_adam_of_the_worked_example, check_adam_steps_follow_a_plain_loop
message: w after step 1 is off
"""


class Adam(Adam):
    def step(self, params, grads):
        self.t += 1
        for w, s, r, g in zip(params, self.means, self.squares, grads, strict=True):
            s += (1 - self.rho1) * (g - s)
            r += (1 - self.rho2) * (np.abs(g) - r)
            mean, square = s / (1 - self.rho1**self.t), r / (1 - self.rho2**self.t)
            w -= self.alpha * mean / (np.sqrt(square) + self.eps)
