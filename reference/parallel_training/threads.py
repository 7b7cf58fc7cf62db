"""Threads on one machine: SGD with momentum that allocates nothing in its loop.

    n, d, c    numbers of examples, features, classes      B        examples of a minibatch
    X (n, d)   one example a row                           T, t     number of threads, one of them
    Y (n, c)   one-hot labels, of the dtype of X           k        number of a step, from 0
    W (c, d)   the model: class k scores W[k] . x          V        the velocity, of the shape of W

The loss of a minibatch is (1/B) sum_i -log softmax(W x_i)[y_i] + (gamma/2) ||W||^2. A step with
its gradient G is    V <- beta V - alpha G,    W <- W + V,    and V is 0 at first.

Minibatch k of an epoch has the rows k B, ..., (k + 1) B - 1: B divides n, and nothing is shuffled,
so that a minibatch is a view. Arguments are never changed, but for those named `out` and `work`.
All arrays have the dtype of X.
"""

import threading
from collections.abc import Callable

import numpy as np

Array = np.ndarray
GradInto = Callable[[int, int, Array, slice, Array], None]  # grad_into(k, t, W, rows, out)


# Task 1.1
def shard(n: int, T: int, t: int) -> slice:
    """Return part t of n items cut into T: parts are in order, cover all, and never overlap.

    The first n mod T parts have one item more than the others. n >= 0, and 0 <= t < T.
    Returns slice(start, stop) with whole numbers 0 <= start <= stop <= n.
    """
    ### BEGIN SOLUTION part 1.1: shards
    size, longer = divmod(n, T)
    start = t * size + min(t, longer)
    return slice(start, start + size + (t < longer))
    ### END SOLUTION


# Task 1.2
class Workspace:
    """The arrays that `gradient_into` needs for up to B rows, allocated once, of one dtype.

    Memory: at most two arrays (B, c), two of B numbers and one (c, d). One thread uses it.
    """

    def __init__(self, B: int, d: int, c: int, dtype: type | np.dtype = np.float64) -> None:
        ### BEGIN SOLUTION part 1.2: the workspace
        self.P = np.empty((B, c), dtype)
        self.column = np.empty((B, 1), dtype)
        self.regulariser = np.empty((c, d), dtype)
        ### END SOLUTION


def gradient_into(
    W: Array, X: Array, Y: Array, gamma: float, rows: slice, out: Array, work: Workspace
) -> None:
    """Write into `out` (c, d) the share that some rows have in the gradient of a minibatch.

        out = (1/B) sum over i in rows of (p_i - y_i) x_i^T  +  (b/B) gamma W
    with p_i = softmax(W x_i), X (B, d), Y (B, c), and b the number of these rows, which may be 0.
    So the shares of all shards add up to the gradient. Finite for scores up to 1e5.
    Nothing of the size of the data or of the model is allocated.
    """
    ### BEGIN SOLUTION part 1.2: the gradient
    x, y, B = X[rows], Y[rows], len(X)
    b = len(x)
    P, column = work.P[:b], work.column[:b]
    np.matmul(x, W.T, out=P)
    np.max(P, axis=1, keepdims=True, out=column)
    P -= column  # softmax stays the same; exp cannot overflow
    np.exp(P, out=P)
    np.sum(P, axis=1, keepdims=True, out=column)
    P /= column
    P -= y
    P /= B
    np.matmul(P.T, x, out=out)
    np.multiply(W, gamma * b / B, out=work.regulariser)
    out += work.regulariser
    ### END SOLUTION


### BEGIN SOLUTION
def _step(W: Array, V: Array, G: Array, alpha: float, beta: float) -> None:
    """A step with momentum, in place; G is overwritten."""
    V *= beta
    G *= alpha
    V -= G
    W += V


### END SOLUTION


# Task 1.3
def sgd_momentum(
    X: Array, Y: Array, gamma: float, W0: Array, alpha: float, beta: float, B: int, epochs: int
) -> Array:
    """Return the model after this many epochs of SGD with momentum, from W0 (c, d).

    Memory: a workspace, three arrays (c, d), and what does not grow: its loop allocates nothing.
    """
    ### BEGIN SOLUTION part 1.3: SGD with momentum
    W, V, G = W0.copy(), np.zeros_like(W0), np.empty_like(W0)
    work = Workspace(B, X.shape[1], Y.shape[1], X.dtype)
    for _ in range(epochs):
        for start in range(0, len(X), B):
            batch = slice(start, start + B)
            gradient_into(W, X[batch], Y[batch], gamma, slice(0, B), G, work)
            _step(W, V, G, alpha, beta)
    return W
    ### END SOLUTION


# Task 1.4
def momentum_threaded(
    grad_into: GradInto, W0: Array, alpha: float, beta: float, B: int, steps: int, T: int
) -> Array:
    """Return the model after `steps` steps with momentum from W0; T threads compute gradients.

    In step k thread t calls
        grad_into(k, t, W, shard(B, T, t), out)
    once, with the model W before that step and an array `out` of its own, of W's shape and dtype;
    that writes the thread's share, and the gradient is the sum of the shares. An empty shard is
    asked for as well. W does not change while a thread computes.

    At most T threads are started, once, and wait without using a processor. Shares are added in
    the order of t, so that the result has the same bits in every run with this T. When grad_into
    raises, the exception reaches the caller; no thread is left at the end, either way.
    Memory: T + 4 arrays of W's shape, and 80 KiB a thread.
    """
    ### BEGIN SOLUTION part 1.4: threads
    W, V = W0.copy(), np.zeros_like(W0)
    shares = np.empty((T, *W0.shape), W0.dtype)
    errors: list[BaseException] = []

    def update() -> None:  # by one thread, while all others wait at the barrier
        for share in shares[1:]:
            shares[0] += share
        _step(W, V, shares[0], alpha, beta)

    barrier = threading.Barrier(T, action=update)

    def work(t: int) -> None:
        try:
            for k in range(steps):
                grad_into(k, t, W, shard(B, T, t), shares[t])
                barrier.wait()
        except threading.BrokenBarrierError:
            pass  # another thread has failed
        except BaseException as error:  # of any kind: it is raised again below
            errors.append(error)
            barrier.abort()

    _run_threads(work, T)
    if errors:
        raise errors[0]
    return W
    ### END SOLUTION


### BEGIN SOLUTION
def _run_threads(work: Callable[[int], None], T: int) -> None:
    """Call work(t) in T threads, and wait for all of them."""
    threads = [threading.Thread(target=work, args=(t,)) for t in range(T)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


### END SOLUTION


def sgd_momentum_threaded(
    X: Array,
    Y: Array,
    gamma: float,
    W0: Array,
    alpha: float,
    beta: float,
    B: int,
    epochs: int,
    T: int,
) -> Array:
    """Return what `sgd_momentum` returns, computed by T threads: tasks 1.1 to 1.4 together.

    It is given: the lab measures it.
    """
    d, c = X.shape[1], Y.shape[1]
    spaces = [Workspace(-(-B // T), d, c, X.dtype) for _ in range(T)]  # one for each thread

    def grad_into(k: int, t: int, W: Array, rows: slice, out: Array) -> None:
        start = k * B % len(X)
        batch = slice(start, start + B)
        gradient_into(W, X[batch], Y[batch], gamma, rows, out, spaces[t])

    return momentum_threaded(grad_into, W0, alpha, beta, B, epochs * (len(X) // B), T)


# Task 1.5
def hogwild(grad_into: GradInto, W0: Array, alpha: float, B: int, steps: int, T: int) -> Array:
    """Return the model after `steps` steps of SGD whose T threads never wait (optional).

    Thread t takes the steps t, t + T, t + 2T, ... Each calls grad_into(k, t, W, slice(0, B), out)
    with the one model that all threads share, and subtracts alpha `out` from it, entry by entry in
    place, without a lock or a barrier: gradients may be of a model that others are changing. The
    result depends on chance, unless no two steps change the same entry.
    Ref: Recht, Re, Wright and Niu, "Hogwild!", NeurIPS 2011.
    """
    ### BEGIN SOLUTION part 1.5: Hogwild
    W = W0.copy()
    errors: list[BaseException] = []

    def work(t: int) -> None:
        G = np.empty_like(W)
        try:
            for k in range(t, steps, T):
                grad_into(k, t, W, slice(0, B), G)
                G *= alpha
                np.subtract(W, G, out=W)
        except BaseException as error:  # of any kind: it is raised again below
            errors.append(error)

    _run_threads(work, T)
    if errors:
        raise errors[0]
    return W
    ### END SOLUTION
