"""Empirical risk minimisation with gradient descent and its stochastic variants.

Notation, the same in the handout:

    n, d, c   numbers of examples, features and classes       alpha   step size
    X  (n, d) one example a row                               gamma   strength of the regulariser
    Y  (n, c) one-hot labels: Y[i, k] is 1 if example i       B       batch size
              is of class k, otherwise 0                      T       number of steps
    W  (c, d) the model: class k scores W[k] . x              rng     numpy.random.Generator

The course's slides have one example a column; here it is a row, so that a batch of
consecutive examples is one contiguous block of memory.

Arguments are never changed (they may be read-only); random numbers come from `rng` only.
"""

from collections.abc import Callable, Iterable

import numpy as np

Array = np.ndarray
Rng = np.random.Generator
Indices = slice | Array  # which rows: a slice, or a 1-D array of integers
GradFn = Callable[[Array, Indices], Array]  # the mean gradient over those rows


# Part 1: the model and its gradient
def softmax_xent_loss(W: Array, X: Array, Y: Array, gamma: float) -> float:
    """Compute the regularised cross-entropy loss of softmax regression.

    loss = 1/n sum_i -log p_i[y_i]  +  gamma/2 ||W||_F^2,   p_i = softmax(W x_i),
    where y_i is the class of example i and ||W||_F^2 is the sum of the squared entries.
    Finite, and without overflow warnings, for scores |W[k] . x| up to 1e5.
    W : (c, d) float
    X : (n, d) float, one example a row
    Y : (n, c) float, one-hot
    gamma : float >= 0
    Returns a float.
    """
    raise NotImplementedError("part 1.1: the loss")


def softmax_xent_grad(W: Array, X: Array, Y: Array, gamma: float) -> Array:
    """Compute the gradient of `softmax_xent_loss` with respect to W.

    grad = 1/n sum_i (p_i - y_i) x_i^T  +  gamma W,   p_i = softmax(W x_i), y_i one-hot.
    Finite for scores up to 1e5, like the loss.

    Arguments as for `softmax_xent_loss`; X may be any batch, also a single row.
    Returns a new (c, d) array of W's dtype.
    Cost: two matrix products; no Python loop over examples or classes, no copy of X.
    """
    raise NotImplementedError("part 1.2: the gradient")


def error_rate(W: Array, X: Array, Y: Array) -> float:
    """Compute the fraction of examples that the model assigns to a wrong class.

    The model predicts the class with the largest score; of equal scores, the first class.
    Arguments as for `softmax_xent_loss`. Returns a float between 0 and 1.
    """
    raise NotImplementedError("part 1.3: the error rate")


def check_gradient(
    loss_fn: Callable[[Array], float],
    grad_fn: Callable[[Array], Array],
    W: Array,
    rng: Rng,
    n_dirs: int = 5,
    eps: float = 1e-5,
) -> float:
    """Measure how far a gradient is from the slope of its loss, in random directions.

    For each of n_dirs directions D = rng.standard_normal(W.shape), one such call a
    direction, divided by its Frobenius norm,
        slope     = (loss_fn(W + eps D) - loss_fn(W - eps D)) / (2 eps)
        predicted = sum of the entries of grad_fn(W) * D
        error     = |slope - predicted| / max(|slope|, |predicted|)    (0 if both are 0)
    loss_fn(W) is a float, grad_fn(W) an array of W's shape; W is float64.
    Returns the largest error, a float; NaN if any slope or prediction is NaN.
    """
    raise NotImplementedError("part 1.4: checking a gradient")


# Part 2: gradient descent, and one example at a time
#
# All algorithms take steps W <- W - alpha * grad_fn(W, idx) and return the list of models
#     [W_0, W_p, W_2p, ..., W_T]     with p = monitor_period and T the number of steps:
# the initial model, the model after every p steps counted from the start through all epochs,
# and the final model, which is not listed twice when p divides T. So 1 + ceil(T / p) models.
# Each is an array of its own: none shares memory with another one or with W0.
#
# grad_fn(W, idx) returns the mean gradient over the rows idx, a new (c, d) array; it is called once
# a step. idx selects rows of X: a slice, or a 1-D array of integers, never a bare integer
# (X[3] has no axis of examples).


def gradient_descent(
    grad_fn: GradFn, W0: Array, n: int, alpha: float, num_iters: int, monitor_period: int
) -> list[Array]:
    """Minimise by gradient descent: T = num_iters steps, each over all n examples.

    idx of each step: a slice that selects all n rows.
    W0 : (c, d) float, the initial model
    Returns the models described above. Memory: those models and a few arrays more.
    """
    raise NotImplementedError("part 2.1: gradient descent")


def sgd_random(
    grad_fn: GradFn, W0: Array, n: int, alpha: float, num_epochs: int, monitor_period: int, rng: Rng
) -> list[Array]:
    """Minimise by stochastic gradient descent, one random example a step (Algorithm 1).

    T = num_epochs * n steps. Each step draws, with replacement, idx = rng.integers(n, size=1):
    one such call a step and no other use of rng.
    Returns the models described above. The cost of a step, in time and in memory, does not
    depend on n or on T.
    """
    raise NotImplementedError("part 2.2: Algorithm 1")


def sgd_sequential(
    grad_fn: GradFn, W0: Array, n: int, alpha: float, num_epochs: int, monitor_period: int
) -> list[Array]:
    """Minimise by SGD that scans the examples in their order (Algorithm 2).

    T = num_epochs * n steps: examples 0, 1, ..., n-1, and again in every epoch.
    idx of example i: slice(i, i + 1), or an integer array of length 1.
    Returns the models described above.
    """
    raise NotImplementedError("part 2.3: Algorithm 2")


# Part 3: minibatches
def sgd_minibatch(
    grad_fn: GradFn,
    W0: Array,
    n: int,
    alpha: float,
    B: int,
    num_epochs: int,
    monitor_period: int,
    rng: Rng,
) -> list[Array]:
    """Minimise by SGD with random minibatches (Algorithm 3).

    T = num_epochs * ceil(n / B) steps. Each step draws B examples with replacement,
    idx = rng.integers(n, size=B): one such call a step and no other use of rng.
    Returns the models described in part 2.
    """
    raise NotImplementedError("part 3.1: Algorithm 3")


def sgd_minibatch_sequential(
    grad_fn: GradFn, W0: Array, n: int, alpha: float, B: int, num_epochs: int, monitor_period: int
) -> list[Array]:
    """Minimise by SGD with minibatches scanned in order (Algorithm 4).

    T = num_epochs * ceil(n / B) steps: rows 0 to B-1, B to 2B-1, ..., and again in every
    epoch. If B does not divide n, the last batch of an epoch is the shorter rest: it is used.
    idx of every step is a slice, so that X[idx] is a view of the data and not a copy.
    Returns the models described in part 2.
    """
    raise NotImplementedError("part 3.2: Algorithm 4")


def sgd_shuffled(
    grad_fn: GradFn,
    W0: Array,
    n: int,
    alpha: float,
    B: int,
    num_epochs: int,
    monitor_period: int,
    rng: Rng,
) -> list[Array]:
    """Minimise by SGD with random reshuffling (optional, beyond the course's four).

    T = num_epochs * ceil(n / B) steps. Each epoch starts with one order = rng.permutation(n),
    the only use of rng, and takes consecutive pieces of length B of it, the last one shorter
    if B does not divide n. Every example is used exactly once an epoch.
    Returns the models described in part 2.
    Ref: Mishchenko, Khaled, Richtarik, "Random Reshuffling", NeurIPS 2020.
    """
    raise NotImplementedError("part 3.3: random reshuffling")


# Part 4: the error, estimated from a subsample
def estimate_error(
    W: Array, X: Array, Y: Array, nsamples: int, rng: Rng, delta: float = 0.05
) -> tuple[float, float]:
    """Estimate the error rate from a sample of the examples, with a confidence interval.

    Draws nsamples examples with replacement, idx = rng.integers(n, size=nsamples), in one
    call. estimate = the error rate on them; half_width = sqrt(log(2 / delta) / (2 nsamples)).
    By Hoeffding's inequality the error rate on all n examples lies within half_width of the
    estimate with probability at least 1 - delta.
    Returns (estimate, half_width), two floats. The cost does not depend on n.
    """
    raise NotImplementedError("part 4.1: the subsampled error")


# Part 5: predict the cost before measuring it
def predict_flops(B: int, d: int, c: int) -> int:
    """Predict the floating-point operations of one call of your own `softmax_xent_grad`.

    Counted are the matrix products only, a product of (m, k) with (k, p) as 2 m k p:
    one multiplication and one addition each. Everything done entry by entry is left out.
    B examples, d features, c classes. Returns an int; compared exactly with a counter.
    """
    raise NotImplementedError("part 5.1: floating-point operations")


def predict_bytes(B: int, d: int, c: int) -> int:
    """Predict the peak memory of one call of your own `softmax_xent_grad`, in bytes.

    Counted are the float64 arrays of shapes (B, c) and (c, d) that the call makes, at the
    moment when most of their bytes exist at once: temporaries and the result too, the
    inputs W, X and Y not. Smaller arrays may be left out.
    B examples, d features, c classes. Returns an int; it may differ from what tracemalloc
    measures on your gradient by at most 10 % and 64 KiB.
    """
    raise NotImplementedError("part 5.2: bytes")
