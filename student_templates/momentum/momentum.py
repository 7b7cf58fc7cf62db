"""Momentum, adaptive step sizes, averaging and schedules.

Notation, the same in the handout and in optimisers.py:

    w, W      the parameters; W (c, d) for a matrix       alpha        step size
    g         the gradient in a step                      beta         momentum
    v         the velocity, which starts at zero          rho1, rho2   Adam's decay rates
    mu, L     smallest, largest curvature, 0 < mu < L     eps          added to a root
    kappa     L / mu, the condition number                n, B         examples, batch size
    T         number of steps                             rng          numpy.random.Generator

Arguments are never changed except where stated (they may be read-only); random numbers come from
`rng` only.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np

# Part 2 is in optimisers.py
from optimisers import AdaGrad, Adam, AdamW, Nesterov, RMSProp, SGDMomentum

__all__ = ["AdaGrad", "Adam", "AdamW", "Nesterov", "RMSProp", "SGDMomentum"]

Array = np.ndarray
Rng = np.random.Generator
Gradient = Callable[[Array], Array]  # of a function of w, at w
GradFn = Callable[[Array, slice | Array], Array]  # the mean gradient over those rows


# Part 1: momentum with exact gradients
def gd_momentum(grad: Gradient, w0: Array, alpha: float, beta: float, T: int) -> Array:
    """Minimise by gradient descent with momentum (heavy ball).

        v_{t+1} = beta v_t - alpha grad(w_t),    w_{t+1} = w_t + v_{t+1},    v_0 = 0
    w0 : float array with one axis or more
    grad(w) is an array of w0's shape; it is called once a step.
    Returns w_0, ..., w_T as one new array (T + 1, *w0.shape) of w0's dtype.
    Ref: Polyak, USSR Comput. Math. Math. Phys. 1964.
    """
    raise NotImplementedError("part 1.1: momentum")


def gd_nesterov(grad: Gradient, w0: Array, alpha: float, beta: float, T: int) -> Array:
    """Minimise by gradient descent with Nesterov's momentum.

        v_{t+1} = beta v_t - alpha grad(w_t + beta v_t),    w_{t+1} = w_t + v_{t+1},    v_0 = 0
    The gradient is taken where momentum alone would lead, at the look-ahead point w_t + beta v_t.
    Arguments and result as for `gd_momentum`: the result lists w_t, not the look-ahead points.
    Ref: Nesterov, Soviet Math. Doklady 1983; in this form Sutskever et al., ICML 2013.
    """
    raise NotImplementedError("part 1.2: Nesterov's momentum")


def optimal_momentum(mu: float, L: float) -> tuple[float, float]:
    """Choose alpha and beta of the heavy ball for quadratics with curvatures from mu to L.

    They make the slowest rate of all curvatures in [mu, L] as small as possible:
    each step multiplies the distance to the minimum by (sqrt(kappa) - 1) / (sqrt(kappa) + 1) in the
    long run, kappa = L / mu; the best step of plain gradient descent by (kappa - 1) / (kappa + 1).
    Returns (alpha, beta), two floats.
    Ref: Polyak 1964; Recht and Wright, "Optimization for Data Analysis", 2022, chapter 4.
    """
    raise NotImplementedError("part 1.3: the best momentum of a quadratic")


# Part 3: minibatches
#
# sgd_mss_with_momentum and adam scan the examples in order, as Algorithm 4 of assignment 1 does:
# T = num_epochs * ceil(n / B) steps; rows 0 to B-1, B to 2B-1, ..., the shorter rest at the end of
# an epoch is used. grad_fn(W, idx) returns the mean gradient over the rows idx, a new (c, d) array;
# it is called once a step, and idx is a slice. The result is the list of models
#     [W_0, W_p, W_2p, ..., W_T]     with p = monitor_period:
# the initial model, the model after every p steps counted from the start through all epochs, and
# the final model, not twice when p divides T. None shares memory with another one or with W0.


def sgd_mss_with_momentum(
    grad_fn: GradFn,
    W0: Array,
    n: int,
    alpha: float,
    beta: float,
    B: int,
    num_epochs: int,
    monitor_period: int,
) -> list[Array]:
    """Minimise by minibatch SGD with momentum, scanning in order ("mss": sequential scan).

        V <- beta V - alpha grad_fn(W, idx),    W <- W + V
    V starts at zero once, and runs on from epoch to epoch.
    W0 : (c, d) float, the initial model
    Returns the models described above.
    """
    raise NotImplementedError("part 3.1: minibatches with momentum")


def adam(
    grad_fn: GradFn,
    W0: Array,
    n: int,
    alpha: float,
    rho1: float,
    rho2: float,
    eps: float,
    B: int,
    num_epochs: int,
    monitor_period: int,
) -> list[Array]:
    """Minimise by minibatch Adam, scanning in order; one step is that of the class `Adam`.

    t counts the steps of all epochs. W0 : (c, d) float, the initial model
    Returns the models described above.
    Ref: Kingma and Ba, ICLR 2015.
    """
    raise NotImplementedError("part 3.2: minibatches with Adam")


def svrg(
    grad_fn: GradFn, W0: Array, n: int, alpha: float, m: int, num_epochs: int, rng: Rng
) -> list[Array]:
    """Minimise by stochastic variance-reduced gradients (optional).

    Each epoch starts with the full gradient at the snapshot S, its first model, one call
    grad_fn(S, slice(0, n)). Then m steps, each with i = rng.integers(n, size=1), one such call a
    step and no other use of rng:
        W <- W - alpha (grad_fn(W, i) - grad_fn(S, i) + full gradient)
    The last W is the next epoch's snapshot. W0 : (c, d) float, the first snapshot
    Returns the num_epochs + 1 snapshots, arrays of their own.
    Cost of an epoch: n + 2 m gradients of single examples.
    Ref: Johnson and Zhang, NeurIPS 2013, option I.
    """
    raise NotImplementedError("part 3.3: variance-reduced gradients")


# Part 4: schedules, clipping, averaging
def lr_schedule(kind: str, t: int, T: int, warmup: int = 0) -> float:
    """Return the factor that multiplies the step size alpha in step t of T, t = 0, ..., T - 1.

    In the warm-up, t < warmup, the factor is (t + 1) / warmup: above 0 in the first step, 1 in the
    last one. Afterwards, with k = t - warmup and K = T - warmup, it is
        "constant"      1
        "inverse_sqrt"  1 / sqrt(k + 1)
        "linear"        1 - k / K
        "cosine"        (1 + cos(pi k / K)) / 2
    0 <= warmup <= T. Returns a float. Raises ValueError for another kind, at any t.
    """
    raise NotImplementedError("part 4.1: schedules")


def clip_by_global_norm(grads: Sequence[Array], c: float) -> float:
    """Scale gradients down, in place and all by one factor, so that their norm is at most c.

    The global norm is the root of the sum of the squares of all entries of all arrays. If it is
    above c > 0, every array is multiplied by c / norm; otherwise none is touched.
    Sums are taken in float64: float32 entries up to 1e30 do not overflow. dtypes stay.
    Returns the norm before clipping, a float.
    Ref: Pascanu, Mikolov and Bengio, ICML 2013.
    """
    raise NotImplementedError("part 4.2: clipping")


class IterateAverage:
    """Average the iterates of an algorithm as they come (Polyak-Ruppert).

    After k updates, value() is the mean of the iterates number start + 1, ..., k. While k <= start
    it is the last iterate, and before any update it is the w given to the constructor.
    Memory: one array like w, however many updates. Iterates are neither changed nor kept.
    Ref: Polyak and Juditsky, SIAM J. Control Optim. 1992.
    """

    def __init__(self, w: Array, start: int = 0) -> None:
        raise NotImplementedError("part 4.3: averaging")

    def update(self, w: Array) -> None:
        """Add the next iterate."""
        raise NotImplementedError("part 4.3: averaging")

    def value(self) -> Array:
        """Return the average so far, a new array."""
        raise NotImplementedError("part 4.3: averaging")


# Part 5: predict the cost before measuring it
def predict_iterations(method: str, mu: float, L: float, ratio: float) -> float:
    """Predict how many steps it takes to shrink the distance to the minimum to `ratio` of it.

    The function is a quadratic with curvatures from mu to L > mu, both among them.
    method : "gradient_descent", with its best step size alpha = 2 / (mu + L), or "heavy_ball", with
    the alpha and beta of `optimal_momentum`.
    0 < ratio <= 1e-9. Steps are counted until the distance is at most ratio times the first one,
    from a start that is equally far from the minimum in both extreme directions, and at the minimum
    in all others.
    Returns a number. It differs from the steps counted by less than one for "gradient_descent",
    rounded up or not at all, and by at most 30 % and 2 steps for "heavy_ball".
    """
    raise NotImplementedError("part 5.1: steps")


def predict_state_bytes(optimiser: str, num_params: int, itemsize: int) -> int:
    """Predict the bytes of arrays that the constructor of your own optimiser allocates.

    optimiser : the name of the class, such as "AdamW"
    num_params : how many numbers the parameters have, all arrays together
    itemsize : bytes of one number, 8 in float64 and 4 in float32
    Returns a number; it may differ from the bytes counted by 64 KiB.
    """
    raise NotImplementedError("part 5.2: bytes of state")
