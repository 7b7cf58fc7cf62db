"""Data parallel training: all ranks have the same parameters, and each has examples of its own.

    params    a list of arrays, of one dtype and any shapes; the same on all ranks
    X, Y      examples of this rank and their labels, arrays with one example a row
    grad_fn   grad_fn(params, X, Y) returns a list of arrays like params: the gradient of the *sum*
              of the losses of these examples; of none it is 0
    lr        step size of params <- params - lr G

G is the gradient of the *mean* loss over all the examples that a step counts, on all ranks. So sums
are added up, and divided once, at the end. `all_reduce(comm, x)` returns the sum of x (n,) over the
ranks; a caller may give another one. Results are new arrays; arguments are never changed.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from collectives import Comm, ring_all_reduce

Array = np.ndarray
Arrays = list[Array]
GradFn = Callable[[Arrays, Array, Array], Arrays]
AllReduce = Callable[[Comm, Array], Array]


# Task 3.1
def accumulate(grad_fn: GradFn, params: Arrays, X: Array, Y: Array, size: int) -> Arrays:
    """Return the gradient of the mean loss over X (n, ...), n >= 1, from micro-batches.

    grad_fn gets `size` examples at a time, in order; the last micro-batch has what is left.
    Memory: four times that of the parameters, and one micro-batch.
    """
    ### BEGIN SOLUTION part 3.1: accumulation
    total = [np.zeros_like(w) for w in params]
    for start in range(0, len(X), size):
        batch = slice(start, start + size)
        for G, g in zip(total, grad_fn(params, X[batch], Y[batch]), strict=True):
            G += g
    return [G / len(X) for G in total]
    ### END SOLUTION


# Task 3.2
def buckets(nbytes: Sequence[int], bucket_bytes: int) -> list[list[int]]:
    """Group arrays into buckets: return the numbers of the arrays of each.

    Arrays are taken from the last to the first, as a backward pass finishes them. A bucket ends
    where the next array would make it larger than bucket_bytes; an array that is larger by itself
    is a bucket of its own.
    """
    ### BEGIN SOLUTION part 3.2: buckets
    groups: list[list[int]] = []
    free = -1  # no bucket is open
    for i in reversed(range(len(nbytes))):
        if nbytes[i] > free or not groups:
            groups.append([])
            free = bucket_bytes
        groups[-1].append(i)
        free -= nbytes[i]
    return groups
    ### END SOLUTION


def ddp_step(
    comm: Comm,
    params: Arrays,
    grad_fn: GradFn,
    X: Array,
    Y: Array,
    lr: float,
    bucket_bytes: int,
    all_reduce: AllReduce = ring_all_reduce,
) -> Arrays:
    """Return the parameters after a step; every rank has the same number of examples, at least 1.

    The gradients of each of the `buckets` are flattened, put one after the other, and summed over
    the ranks by one all_reduce, a bucket at a time, in the order of `buckets`.
    """
    ### BEGIN SOLUTION part 3.2: a step
    total = _summed(comm, grad_fn(params, X, Y), bucket_bytes, all_reduce)
    count = comm.size * len(X)
    return [w - lr * (G / count) for w, G in zip(params, total, strict=True)]
    ### END SOLUTION


### BEGIN SOLUTION
def _summed(comm: Comm, grads: Arrays, bucket_bytes: int, all_reduce: AllReduce) -> Arrays:
    """The sum over the ranks of each of the arrays, by one all_reduce a bucket."""
    total = list(grads)
    for bucket in buckets([g.nbytes for g in grads], bucket_bytes):
        flat = all_reduce(comm, np.concatenate([grads[i].ravel() for i in bucket]))
        for i in bucket:
            total[i] = flat[: grads[i].size].reshape(grads[i].shape)
            flat = flat[grads[i].size :]
    return total


### END SOLUTION


# Task 3.3
def weighted_ddp_step(
    comm: Comm,
    params: Arrays,
    grad_fn: GradFn,
    X: Array,
    Y: Array,
    valid: Array,
    lr: float,
    bucket_bytes: int,
    all_reduce: AllReduce = ring_all_reduce,
) -> Arrays:
    """Return the parameters after a step in which only valid examples count.

    valid (b,) bool says which of this rank's examples do. Their number differs from rank to rank
    and may be 0; grad_fn gets only these. G is the gradient of the mean loss over the valid
    examples of all ranks; if there are none, the parameters stay as they are.

    The number of valid examples travels with the gradients, in their dtype: it is one more array
    (1,), after the last one. So no further collective is needed.
    """
    ### BEGIN SOLUTION part 3.3: a weighted step
    grads = grad_fn(params, X[valid], Y[valid])
    mine = np.array([np.count_nonzero(valid)], params[0].dtype)
    *total, count = _summed(comm, [*grads, mine], bucket_bytes, all_reduce)
    if not count[0]:
        return [w.copy() for w in params]
    return [w - lr * (G / count[0]) for w, G in zip(params, total, strict=True)]
    ### END SOLUTION


# Task 3.4
def local_sgd(
    comm: Comm,
    params: Arrays,
    grad_fn: GradFn,
    X: Array,
    Y: Array,
    lr: float,
    beta: float,
    H: int,
    all_reduce: AllReduce = ring_all_reduce,
) -> Arrays:
    """Return the parameters after steps with momentum that each rank takes alone (optional).

    X (K, b, ...) and Y (K, b, ...): step k uses the examples X[k], Y[k] of this rank, with
    V <- beta V - lr (mean gradient), params <- params + V. After each H steps, and after the last
    one, the parameters become their mean over the ranks, by one all_reduce of all of them.
    Velocities are not averaged and not set back: each rank keeps its own.
    Ref: Stich, "Local SGD converges fast and communicates little", ICLR 2019.
    """
    ### BEGIN SOLUTION part 3.4: local SGD
    velocities = [np.zeros_like(w) for w in params]
    for k in range(len(X)):
        grads = grad_fn(params, X[k], Y[k])
        velocities = [
            beta * V - lr * (g / len(X[k])) for V, g in zip(velocities, grads, strict=True)
        ]
        params = [w + V for w, V in zip(params, velocities, strict=True)]
        if (k + 1) % H == 0 or k + 1 == len(X):
            everything = sum(w.nbytes for w in params)
            params = [w / comm.size for w in _summed(comm, params, everything, all_reduce)]
    return params
    ### END SOLUTION


# Task 3.5
def stale_sgd(grad: Callable[[Array], Array], w0: Array, lr: float, tau: int, steps: int) -> Array:
    """Return w_0, ..., w_steps as rows, of a run whose gradients are tau steps old (optional).

        w_(t+1) = w_t - lr grad(w_(t - tau)),    with w_s = w_0 for s < 0
    w0 (d,), and grad(w) (d,).
    """
    ### BEGIN SOLUTION part 3.5: stale gradients
    path = [w0]
    for t in range(steps):
        path.append(path[t] - lr * grad(path[max(t - tau, 0)]))
    return np.array(path)
    ### END SOLUTION


def largest_stable_step(curvature: float, tau: int) -> float:
    """Return the step size below which stale_sgd converges on (curvature / 2) w^2 (optional).

    The largest root of z^(tau+1) = z^tau - lr curvature reaches the unit circle at
    lr curvature = 2 sin(pi / (4 tau + 2)).
    """
    ### BEGIN SOLUTION part 3.5: the border of stability
    return 2 * math.sin(math.pi / (4 * tau + 2)) / curvature
    ### END SOLUTION


# Task 3.6
def noise_scale(
    small_squared: float, small: int, big_squared: float, big: int
) -> tuple[float, float]:
    """Estimate |G|^2 and tr(S) without bias from the gradients of two batch sizes (optional).

    For a batch of B examples drawn with replacement, the squared norm of its mean gradient has the
    mean |G|^2 + tr(S) / B, with G the gradient of all and S the covariance of the gradients of
    single examples. Given are that squared norm for batches of `small` < `big` examples, such as of
    one rank and of all ranks. Returns (|G|^2, tr(S)); their ratio tr(S) / |G|^2 is a batch size.
    Ref: McCandlish, Kaplan and Amodei, "An empirical model of large-batch training", 2018.
    """
    ### BEGIN SOLUTION part 3.6: the noise scale
    trace = (small_squared - big_squared) / (1 / small - 1 / big)
    return big_squared - trace / big, trace
    ### END SOLUTION
