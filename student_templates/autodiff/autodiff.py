"""Automatic differentiation, put to use: tests, a fused loss, checkpoints, a network, its costs.

The engine is in the other files: `operations.py` and `linear.py` say what each operation does,
`traced.py` has the operators, `tensor.py` reverse mode, `forward.py` forward mode. All that is
asked for can be imported from this file. A *value* is a number, an array, a Tensor or a Dual.

    B, d, h, c   examples in a batch, features, hidden units, classes     alpha   step size
    X  (B, d)    one example a row                                        N       layers of a chain
    labels (B,)  the class of each example, integers                      rng     numpy Generator

Arguments are never changed (they may be read-only); random numbers come from `rng` only.
"""

import copy
import itertools
import math
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from forward import Dual, hvp, jvp
from linear import unbroadcast
from operations import Exp, Operation, apply, plain
from tensor import (
    Tensor,
    grad,
    gradients_of,
    no_grad,
    recorded,
    recording,
    toposort,
    value_and_grad,
    vjp,
)

__all__ = [  # what the checks and the lab use
    "Dual", "Tensor", "checkpoint", "checkpointed_chain", "grad", "hvp", "init_mlp", "jvp",
    "mlp", "mlp_loss", "no_grad", "numerical_grad", "predict_backward_flops",
    "predict_checkpointed_bytes", "predict_forward_flops", "predict_saved_bytes",
    "softmax_cross_entropy", "toposort", "train_mlp", "unbroadcast", "value_and_grad", "vjp",
]  # fmt: skip

Array = np.ndarray


# Part 4: derivatives without rules, and a rule for many operations at once
def numerical_grad(f: Callable[[Array], float], x: Array, eps: float = 1e-5) -> Array:
    """Compute the gradient of a scalar function by central differences.

    entry k = (f(x + eps e_k) - f(x - eps e_k)) / (2 eps), e_k the array with a single 1.
    f : takes a float64 array of x's shape
    x : an array of any shape, also of integers
    Returns a float64 array of x's shape. Cost: 2 size(x) calls of f, and nothing else.
    Ref: Nocedal and Wright, "Numerical Optimization", 2006, section 8.1.
    """
    raise NotImplementedError("part 4.1: central differences")


class SoftmaxCrossEntropy(Operation):
    """y = mean over the rows s of logits of log(sum of exp s) - s[label]"""

    def value(self, logits: Array, labels: Array) -> Any:
        raise NotImplementedError("part 4.2: the loss of a batch")

    def jvp(self, i: int, t: Any, y: Any, logits: Any, labels: Array) -> Any:
        raise NotImplementedError("part 4.2: J t of the loss")

    def vjp(self, i: int, g: Any, y: Any, logits: Any, labels: Array) -> Any:
        raise NotImplementedError("part 4.2: J^T g of the loss")


def softmax_cross_entropy(logits: Any, labels: Array) -> Any:
    """Compute the mean cross-entropy of a batch, as a single operation with rules of its own.

    loss = 1/B sum_i (log sum_k exp logits[i, k]  -  logits[i, labels[i]])
    logits : (B, c) value.  labels : (B,) integers from 0 to c-1
    Returns a scalar, of logits' kind. Exact, with its derivatives, and without warnings of an
    overflow, for logits up to 1e5 in size. Cost: O(B c) operations, a few arrays of B c entries.
    Ref: Blanchard, Higham, Higham, "Accurately computing the log-sum-exp and softmax functions",
    IMA Journal of Numerical Analysis 2021.
    """
    return apply(SoftmaxCrossEntropy(), logits, labels=labels)


def checkpoint(fn: Callable[..., Any], *xs: Any) -> Any:
    """Compute fn(*xs), of which the tape keeps only the inputs; backward computes it again.

    fn : makes one value of xs. All Tensors that it uses and that require gradients are among xs. A
        Generator among xs is drawn from in the first run; the second draws the same numbers
        from a copy, so that a random mask is the same.
    Returns what fn returns. fn runs once now, and once more when backward comes by; not again for
    several inputs, and never if no gradient is asked for.
    Cost: the products of fn once more than without; the tape has xs in place of all inside fn.
    Ref: Griewank and Walther 2008, chapter 12; Chen, Xu, Zhang, Guestrin, "Training Deep Nets with
    Sublinear Memory Cost", 2016.
    """
    raise NotImplementedError("part 4.3: forget, and compute again")


def checkpointed_chain(fn: Callable[[Any, Any], Any], x: Any, weights: Sequence[Any]) -> Any:
    """Compute fn(... fn(fn(x, weights[0]), weights[1]) ..., weights[N-1]) with little tape.

    The chain is cut into about sqrt(N) segments, each a checkpoint: their inputs are kept, and the
    inside of one segment at a time while backward is in it. So the tape has O(sqrt(N)) arrays in
    place of O(N).
    fn : one layer, a value of x's shape from such a value and the layer's weights
    Returns what the chain without checkpoints gives. fn runs 2 N times for value and gradient.
    Ref: Chen, Xu, Zhang, Guestrin 2016, as for `checkpoint`.
    """
    raise NotImplementedError("part 4.4: sqrt(N) segments")


# Part 5: a network, trained with your own engine
def init_mlp(sizes: Sequence[int], rng: np.random.Generator) -> list[Array]:
    """Make the parameters [W_1, b_1, W_2, b_2, ...] of a network with layers of these sizes.

    W_l : (m, k) = rng.standard_normal((m, k)) * sqrt(2 / m), m and k the sizes before and after;
        one such call a layer, in order, and no other use of rng.
    b_l : (k,) zeros
    Ref: He, Zhang, Ren, Sun, "Delving Deep into Rectifiers", 2015.
    """
    params = []
    for m, k in itertools.pairwise(sizes):
        params += [rng.standard_normal((m, k)) * np.sqrt(2 / m), np.zeros(k)]
    return params


def mlp(params: Sequence[Any], X: Any) -> Any:
    """Compute the logits (B, c) of a network: X W + b in each layer, and relu between layers.

    H_0 = X,   H_l = relu(H_{l-1} W_l + b_l),   logits = H_{L-1} W_L + b_L
    params : [W_1, b_1, W_2, b_2, ...], W_l (m, k), b_l (k,), m and k the sizes before and after.
    X : (B, d). Some of them are Tensors or Duals. Cost: one product of matrices a layer.
    Ref: Rumelhart, Hinton, Williams, "Learning representations by back-propagating errors", 1986.
    """
    raise NotImplementedError("part 5.1: the network")


def mlp_loss(params: Sequence[Any], X: Any, labels: Array) -> Any:
    """Compute the mean cross-entropy of the network on a batch, a scalar value."""
    return softmax_cross_entropy(mlp(params, X), labels)


def train_mlp(
    params: Sequence[Array],
    X: Array,
    labels: Array,
    alpha: float,
    B: int,
    num_epochs: int,
    rng: np.random.Generator,
) -> tuple[list[Array], list[float]]:
    """Train a network by SGD with random reshuffling.

    Every epoch starts with one order = rng.permutation(n), the only use of rng, and takes pieces of
    length B of it, the last one shorter if B does not divide n. A step goes from every parameter p
    to p - alpha times its gradient of `mlp_loss` on the piece.
    params : arrays, which are not changed
    Returns (params, losses): the arrays after the last step, and for each step, in order, the loss
    on its piece before the step, a float. Memory does not grow with the number of steps, but for
    these floats. Cost: ceil(n / B) values and gradients an epoch.
    Ref: Mishchenko, Khaled, Richtarik, "Random Reshuffling", NeurIPS 2020.
    """
    raise NotImplementedError("part 5.2: training")


# Part 6: predict the cost before measuring it
def predict_forward_flops(B: int, d: int, h: int, c: int) -> int:
    """Predict the operations of `mlp_loss` for a network of layer sizes (d, h, c), in your engine.

    Counted are products of matrices only, a product of (m, k) with (k, p) as 2 m k p. B examples.
    Returns a number; compared exactly with a counter.
    """
    raise NotImplementedError("part 6.1: the products of the forward pass")


def predict_backward_flops(B: int, d: int, h: int, c: int) -> int:
    """Predict the operations that `backward` of that loss takes, without the forward pass.

    The parameters require gradients, X does not. Counted as in `predict_forward_flops`.
    Returns a number; compared exactly with a counter.
    """
    raise NotImplementedError("part 6.1: the products of the backward pass")


def predict_saved_bytes(N: int, n: int) -> int:
    """Predict the peak memory of value and gradient of a chain of N layers, in bytes.

    A layer is h -> (h * w).tanh(), h an array of n float64, w an array of a single one. Both h and
    the w require gradients, of the sum of the last h. Counted are arrays of n entries that exist at
    the same moment, the first h not.
    Returns a number, which may differ from what is measured of your engine by 10 % and 64 KiB.
    """
    raise NotImplementedError("part 6.2: the tape of a chain")


def predict_checkpointed_bytes(N: int, n: int) -> int:
    """Predict the same for the same chain, computed by your own `checkpointed_chain`."""
    raise NotImplementedError("part 6.2: the tape of a chain with checkpoints")
