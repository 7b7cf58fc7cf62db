"""Optimisers that change the parameters of a model in place.

Each is used like this, for a model whose parameters are a list of arrays:

    optimiser = Adam(params, alpha=0.01)
    for batch in batches:
        optimiser.step(params, gradients(params, batch))

Notation: w is a parameter, g its gradient in this step; all operations are entry by entry.

For every class:
- The constructor allocates the state, arrays of zeros of the shapes and dtypes of `params`, and
  nothing else as large. Nothing is added to the state later.
- `step(params, grads)` takes one step: params[i] is changed in place with the gradient grads[i].
  The lists may be others than before; the arrays in params are those given to the constructor.
  They may be views of other arrays, transposed ones too, of which `w.reshape(-1)` is a copy.
  Gradients are never changed, nor kept: the caller may overwrite them after the step.
- float32 parameters stay float32, with float32 state.
- `optimiser.alpha` may be assigned between steps, as a schedule does; the next step uses it.
- No Python loop over rows or entries of an array; one over the arrays of `params` is needed.
- Memory of a step: two arrays as large as the largest parameter, and what does not grow.
"""

from collections.abc import Sequence

import numpy as np

Array = np.ndarray


### BEGIN SOLUTION
def _zeros_like(params: Sequence[Array]) -> list[Array]:
    """The initial state of one kind."""
    return [np.zeros_like(w) for w in params]


def _descend(w: Array, direction: Array, squares: Array, alpha: float, eps: float) -> None:
    """Take the step w <- w - alpha direction / (sqrt(squares) + eps), with one temporary array."""
    move = np.sqrt(squares)
    move += eps
    np.divide(direction, move, out=move)
    move *= alpha
    w -= move


def _average_squares(squares: Array, rho: float, g: Array) -> None:
    """Update squares <- rho squares + (1 - rho) g^2, with one temporary array."""
    squares *= rho
    square = g * g
    square *= 1 - rho
    squares += square


### END SOLUTION


class SGDMomentum:
    """Gradient descent with a velocity v (heavy ball).

        v <- beta v - alpha g,    w <- w + v

    State: v, as large as the parameters.
    Ref: Polyak 1964; in this form Sutskever, Martens, Dahl and Hinton, ICML 2013.
    """

    def __init__(self, params: Sequence[Array], alpha: float, beta: float) -> None:
        ### BEGIN SOLUTION part 2.1: momentum in place
        self.alpha, self.beta = alpha, beta
        self.velocities = _zeros_like(params)
        ### END SOLUTION

    def step(self, params: Sequence[Array], grads: Sequence[Array]) -> None:
        """Change each parameter in place."""
        ### BEGIN SOLUTION part 2.1: momentum in place
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            v *= self.beta
            v -= self.alpha * g
            w += v
        ### END SOLUTION


class Nesterov:
    """Gradient descent with Nesterov's momentum, for gradients taken at the parameters.

        v <- beta v - alpha g,    w <- w + beta v - alpha g    (with the new v)

    This is `gd_nesterov` seen from its look-ahead points y: the parameters here are y, where the
    gradient is taken, not the iterates w = y - beta v.
    State: v, as large as the parameters.
    Ref: Nesterov 1983; in this form Sutskever, Martens, Dahl and Hinton, ICML 2013.
    """

    def __init__(self, params: Sequence[Array], alpha: float, beta: float) -> None:
        ### BEGIN SOLUTION part 2.2: Nesterov's momentum in place
        self.alpha, self.beta = alpha, beta
        self.velocities = _zeros_like(params)
        ### END SOLUTION

    def step(self, params: Sequence[Array], grads: Sequence[Array]) -> None:
        """Change each parameter in place."""
        ### BEGIN SOLUTION part 2.2: Nesterov's momentum in place
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            move = self.alpha * g
            v *= self.beta
            v -= move
            w -= move
            np.multiply(v, self.beta, out=move)
            w += move
        ### END SOLUTION


class AdaGrad:
    """Divide each entry's step by the root of the sum of all its squared gradients.

        s <- s + g^2,    w <- w - alpha g / (sqrt(s) + eps)

    State: s, as large as the parameters.
    Ref: Duchi, Hazan and Singer, JMLR 2011.
    """

    def __init__(self, params: Sequence[Array], alpha: float, eps: float = 1e-8) -> None:
        ### BEGIN SOLUTION part 2.3: AdaGrad and RMSProp
        self.alpha, self.eps = alpha, eps
        self.squares = _zeros_like(params)
        ### END SOLUTION

    def step(self, params: Sequence[Array], grads: Sequence[Array]) -> None:
        """Change each parameter in place."""
        ### BEGIN SOLUTION part 2.3: AdaGrad and RMSProp
        for w, s, g in zip(params, self.squares, grads, strict=True):
            s += g * g
            _descend(w, g, s, self.alpha, self.eps)
        ### END SOLUTION


class RMSProp:
    """AdaGrad that forgets: a moving average of the squared gradients in place of their sum.

        s <- rho s + (1 - rho) g^2,    w <- w - alpha g / (sqrt(s) + eps)

    State: s, as large as the parameters.
    Ref: Tieleman and Hinton, Coursera lecture 6.5, 2012.
    """

    def __init__(
        self, params: Sequence[Array], alpha: float, rho: float = 0.9, eps: float = 1e-8
    ) -> None:
        ### BEGIN SOLUTION part 2.3: AdaGrad and RMSProp
        self.alpha, self.rho, self.eps = alpha, rho, eps
        self.squares = _zeros_like(params)
        ### END SOLUTION

    def step(self, params: Sequence[Array], grads: Sequence[Array]) -> None:
        """Change each parameter in place."""
        ### BEGIN SOLUTION part 2.3: AdaGrad and RMSProp
        for w, s, g in zip(params, self.squares, grads, strict=True):
            _average_squares(s, self.rho, g)
            _descend(w, g, s, self.alpha, self.eps)
        ### END SOLUTION


class Adam:
    """Momentum and RMSProp together, both corrected for having started at zero.

        t <- t + 1                                  counted over all steps, from 0
        s <- rho1 s + (1 - rho1) g                  the moving average of the gradients
        r <- rho2 r + (1 - rho2) g^2                and of their squares
        w <- w - alpha s' / (sqrt(r') + eps),       s' = s / (1 - rho1^t),  r' = r / (1 - rho2^t)

    State: s and r, together twice as large as the parameters, and the number t.
    Ref: Kingma and Ba, ICLR 2015, algorithm 1; names as in the lecture.
    """

    def __init__(
        self,
        params: Sequence[Array],
        alpha: float,
        rho1: float = 0.9,
        rho2: float = 0.999,
        eps: float = 1e-8,
    ) -> None:
        ### BEGIN SOLUTION part 2.4: Adam
        self.alpha, self.rho1, self.rho2, self.eps = alpha, rho1, rho2, eps
        self.t = 0
        self.means, self.squares = _zeros_like(params), _zeros_like(params)
        ### END SOLUTION

    def step(self, params: Sequence[Array], grads: Sequence[Array]) -> None:
        """Change each parameter in place."""
        ### BEGIN SOLUTION part 2.4: Adam
        self.t += 1
        mean_scale, root_scale = 1 - self.rho1**self.t, (1 - self.rho2**self.t) ** 0.5
        # With s' = s / mean_scale and sqrt(r') = sqrt(r) / root_scale the step of the docstring is
        #     alpha s' / (sqrt(r') + eps)
        #         = alpha (root_scale / mean_scale) s / (sqrt(r) + eps root_scale):
        # the corrections change the two numbers alpha and eps, and no array.
        alpha, eps = self.alpha * root_scale / mean_scale, self.eps * root_scale
        for w, s, r, g in zip(params, self.means, self.squares, grads, strict=True):
            s *= self.rho1
            s += (1 - self.rho1) * g
            _average_squares(r, self.rho2, g)
            _descend(w, s, r, alpha, eps)
        ### END SOLUTION


class AdamW(Adam):
    """Adam with decoupled weight decay: parameters shrink by a factor, whatever the gradient.

        w <- (1 - alpha weight_decay) w,    then Adam's step with the gradient g as it is

    The decay is decoupled: it is in neither g, s nor r. Its alpha is the step's, the one assigned
    last, and its w the parameter before Adam's step. So this is the same, w being the old one:

        w <- w - alpha weight_decay w - alpha s' / (sqrt(r') + eps)

    decayed[i] says whether params[i] shrinks (biases usually do not); None: all of them do.
    State: as Adam's.
    Ref: Loshchilov and Hutter, ICLR 2019, algorithm 2, where the decay has no alpha; with alpha, as
    here, it is torch's.
    """

    def __init__(
        self,
        params: Sequence[Array],
        alpha: float,
        rho1: float = 0.9,
        rho2: float = 0.999,
        eps: float = 1e-8,
        weight_decay: float = 0.01,
        decayed: Sequence[bool] | None = None,
    ) -> None:
        ### BEGIN SOLUTION part 2.5: AdamW
        super().__init__(params, alpha, rho1, rho2, eps)
        self.weight_decay = weight_decay
        self.decayed = [True] * len(params) if decayed is None else list(decayed)
        ### END SOLUTION

    def step(self, params: Sequence[Array], grads: Sequence[Array]) -> None:
        """Change each parameter in place."""
        ### BEGIN SOLUTION part 2.5: AdamW
        for w, shrinks in zip(params, self.decayed, strict=True):
            if shrinks:
                w *= 1 - self.alpha * self.weight_decay
        super().step(params, grads)
        ### END SOLUTION
