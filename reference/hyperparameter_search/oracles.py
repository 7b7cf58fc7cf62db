"""Answers computed another way than the reference: enumeration, exact rationals, quadrature.

Every function depends on the inputs of a check only, never on what a student returned: the
answers to visible checks are recorded when the assignment is released.
"""

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

Matrix = list[list[Fraction]]
Pairs = list[list[int]]


# Part 1
def value_at(span: Sequence[Any], u: float) -> Any:
    """The value of a range; shares are counted in rationals, logarithms interpolated."""
    kind, *values = span
    if kind == "uniform":
        low, high = map(Fraction, values)
        return float(low + Fraction(u) * (high - low))
    if kind == "log-uniform":
        low, high = values
        return math.exp((1 - u) * math.log(low) + u * math.log(high))
    listed = list(range(values[0], values[1] + 1)) if kind == "integer" else values
    ends = [Fraction(i + 1, len(listed)) for i in range(len(listed))]
    return next(value for value, end in zip(listed, ends, strict=True) if u < end or end == 1)


def configurations(space: dict[str, Any], U: np.ndarray) -> list[dict[str, Any]]:
    """One value after another."""
    return [
        {name: value_at(span, float(u)) for (name, span), u in zip(space.items(), row, strict=True)}
        for row in U
    ]


def grid(space: dict[str, Any], k: int) -> list[dict[str, Any]]:
    """By recursion over the names: the first varies slowest."""
    if not space:
        return [{}]
    (name, span), *others = space.items()
    rest = grid(dict(others), k)
    count = len(span) - 1 if span[0] == "choice" else k
    if span[0] == "integer":
        count = min(k, len(range(span[1], span[2] + 1)))
    middles = [float(Fraction(2 * i + 1, 2 * count)) for i in range(count)]
    return [{name: value_at(span, u), **config} for u in middles for config in rest]


def halton(n: int, d: int) -> np.ndarray:
    """Sums of digits times powers of 1/b, exactly."""
    primes = [p for p in range(2, 100) if not any(p % q == 0 for q in range(2, p))][:d]
    points = np.empty((n, d))
    for i, (j, b) in itertools.product(range(n), enumerate(primes)):
        places = range(1, (i + 1).bit_length() + 1)  # as many as in base 2, at most
        value = sum(Fraction((i + 1) // b ** (k - 1) % b, b**k) for k in places)
        points[i, j] = float(value)
    return points


# Part 2
def brackets(R: int, eta: int) -> list[list[list[int]]]:
    """The table in rationals: no logarithm, and every rounding after the last operation."""
    S = next(k for k in range(100) if eta**k == R)
    table = []
    for s in reversed(range(S + 1)):
        n = math.ceil(Fraction(S + 1, s + 1) * eta**s)
        pairs = [
            [math.floor(Fraction(n, eta**i)), int(Fraction(R, eta**s) * eta**i)]
            for i in range(s + 1)
        ]
        table.append(pairs)
    return table


def epochs(R: int, eta: int, resume: bool) -> int:
    """Of Hyperband, walked through: a trial at a time, an epoch at a time."""
    total = 0
    for bracket in brackets(R, eta):
        reached = [0] * bracket[0][0]
        for trials, goal in bracket:
            for trial in range(trials):
                total += len(range(reached[trial] if resume else 0, goal))
                reached[trial] = goal
    return total


def halving(curves: np.ndarray, ladder: Sequence[int], eta: int) -> list[list[int]]:
    """The trials of each rung, and in a last list the winner.

    curves (n, epochs + 1): the score of each trial after 0, 1, ... epochs. A trial is kept if fewer
    than floor(n / eta) others, or none, are better: counted in pairs, without any order.
    """
    left, listed = list(range(len(curves))), []
    for number, goal in enumerate(ladder, start=1):
        listed.append(left)
        kept = 1 if number == len(ladder) else max(1, math.floor(Fraction(len(left), eta)))
        scores = {trial: float(curves[trial, goal]) for trial in left}
        left = [t for t in left if sum(_better(scores, o, t) for o in left) < kept]
    return [*listed, left]


def _better(scores: dict[int, float], one: int, other: int) -> bool:
    """Whether trial `one` is better than the other."""
    a, b = scores[one], scores[other]
    if math.isnan(a) or math.isnan(b):
        return not math.isnan(a) or (math.isnan(b) and one < other)
    return a < b or (a == b and one < other)


def hyperband(curves: np.ndarray, R: int, eta: int) -> list[list[int]]:
    """The trials of each rung of each bracket, one list after another; at the end the winner."""
    first, listed, winners = 0, [], []
    for bracket in brackets(R, eta):
        n = bracket[0][0]
        *levels, (winner,) = halving(curves[first : first + n], [r for _, r in bracket], eta)
        listed += [[first + trial for trial in level] for level in levels]
        winners.append(first + winner)
        first += n
    final = {trial: float(curves[trial, R]) for trial in winners}
    best = [t for t in winners if not any(_better(final, o, t) for o in winners)]
    return [*listed, best]


def asha_jobs(
    curves: np.ndarray, ladder: Sequence[int], eta: int, events: Sequence[int]
) -> list[list[int]]:
    """The jobs of ASHA; before job i the oldest end until events[i] are left. Counts pairs."""
    jobs, busy, finished = [], [], []  # of these the last has pairs (trial, rung)
    for allowed in events:
        while len(busy) > allowed:
            trial, goal = busy.pop(0)
            finished.append([trial, list(ladder).index(goal)])
        job = _next_job(curves, ladder, eta, jobs, finished)
        jobs += [job]
        busy.append(job)
    return jobs


def _next_job(
    curves: np.ndarray, ladder: Sequence[int], eta: int, jobs: Pairs, finished: Pairs
) -> list[int]:
    for rung in range(len(ladder) - 2, -1, -1):
        there = [trial for trial, k in finished if k == rung]
        scores = {trial: float(curves[trial, ladder[rung]]) for trial in there}
        wins = {t: sum(_better(scores, o, t) for o in there) for t in there}
        good = [t for t in there if wins[t] < math.floor(Fraction(len(there), eta))]
        waiting = [t for t in good if [t, ladder[rung + 1]] not in jobs]
        if waiting:
            return [min(waiting, key=lambda t: wins[t]), ladder[rung + 1]]
    return [len({trial for trial, _ in jobs}), ladder[0]]


# Part 3: exact rationals, once the kernel is there as floats
def kernel(X: np.ndarray, Z: np.ndarray, gamma: float) -> np.ndarray:
    """One pair of points after another; distances in rationals."""
    K = np.empty((len(X), len(Z)))
    for i, j in np.ndindex(*K.shape):
        pairs = zip(X[i], Z[j], strict=True)
        far = sum((Fraction(float(a)) - Fraction(float(b))) ** 2 for a, b in pairs)
        K[i, j] = math.exp(-gamma * float(far))
    return K


def exact_posterior(
    X: np.ndarray, y: np.ndarray, Z: np.ndarray, gamma: float, sigma2: float
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance, by elimination in rationals: nothing is rounded after the kernel."""
    A, k = _noisy(X, gamma, sigma2), _exact(kernel(X, Z, gamma))
    n, m = len(X), len(Z)
    values = [Fraction(float(value)) for value in y]
    solved, _ = _eliminated(A, [[*row, value] for row, value in zip(k, values, strict=True)])
    mean = [sum((k[i][j] * solved[i][m] for i in range(n)), Fraction(0)) for j in range(m)]
    var = [1 - sum((k[i][j] * solved[i][j] for i in range(n)), Fraction(0)) for j in range(m)]
    return np.array([float(x) for x in mean]), np.array([float(x) for x in var])


def log_evidence(X: np.ndarray, y: np.ndarray, gamma: float, sigma2: float) -> float:
    """The log density of y, from an exact determinant and an exact quadratic form."""
    values = [Fraction(float(value)) for value in y]
    solved, determinant = _eliminated(_noisy(X, gamma, sigma2), [[value] for value in values])
    form = sum((value * row[0] for value, row in zip(values, solved, strict=True)), Fraction(0))
    log_det = math.log(determinant.numerator) - math.log(determinant.denominator)
    return -0.5 * float(form) - 0.5 * log_det - 0.5 * len(values) * math.log(2 * math.pi)


def _noisy(X: np.ndarray, gamma: float, sigma2: float) -> Matrix:
    A = _exact(kernel(X, X, gamma))
    for i in range(len(A)):
        A[i][i] += Fraction(sigma2)
    return A


def _exact(K: np.ndarray) -> Matrix:
    return [[Fraction(float(entry)) for entry in row] for row in K]


def _eliminated(A: Matrix, B: Matrix) -> tuple[Matrix, Fraction]:
    """A^-1 B and det A by Gauss and Jordan, for a positive definite A."""
    n, determinant = len(A), Fraction(1)
    rows = [a + b for a, b in zip(A, B, strict=True)]
    for i in range(n):
        pivot = rows[i][i]
        determinant *= pivot
        rows[i] = [entry / pivot for entry in rows[i]]
        for j in range(n):
            if j != i and rows[j][i]:
                factor = rows[j][i]
                rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i], strict=True)]
    return [row[n:] for row in rows], determinant


def improvement(mean: np.ndarray, std: np.ndarray, best: float, xi: float) -> np.ndarray:
    """The integral of max(best - xi - f, 0) over the density of f, by Gauss-Legendre quadrature."""
    return _quadrature(mean, std, best - xi, lambda gap: gap)


def improves(mean: np.ndarray, std: np.ndarray, best: float, xi: float) -> np.ndarray:
    """The integral of the density of f below best - xi, by the same quadrature."""
    return _quadrature(mean, std, best - xi, lambda gap: 1.0)


def _quadrature(mean: np.ndarray, std: np.ndarray, below: float, weight: Any) -> np.ndarray:
    nodes, weights = np.polynomial.legendre.leggauss(160)
    answer = np.empty(mean.shape)
    for index in np.ndindex(*mean.shape):
        center, spread = float(mean[index]), float(std[index])
        if spread == 0:
            answer[index] = weight(below - center) if center < below else 0.0
            continue
        top = (below - center) / spread
        half = max(min(top, 12.0) + 12.0, 0.0) / 2
        points = [half * (1 + float(x)) - 12.0 for x in nodes]
        terms = [
            float(w) * weight(spread * (top - z)) * math.exp(-z * z / 2)
            for w, z in zip(weights, points, strict=True)
        ]
        answer[index] = half * math.fsum(terms) / math.sqrt(2 * math.pi)
    return answer


def improvement_curve(
    X: np.ndarray, y: np.ndarray, Z: np.ndarray, gamma: float, sigma2: float
) -> np.ndarray:
    """The expected improvement at Z over the lowest of the values y, which are standardised."""
    finite = [float(value) for value in y if math.isfinite(value)]
    filled = [float(v) if math.isfinite(v) else max(finite, default=0.0) for v in y]
    center = math.fsum(filled) / len(filled)
    spread = math.sqrt(math.fsum((v - center) ** 2 for v in filled) / len(filled)) or 1.0
    values = [(v - center) / spread for v in filled]
    mean, variance = exact_posterior(X, np.array(values), Z, gamma, sigma2)
    return improvement(mean, np.sqrt(np.maximum(variance, 0)), min(values), 0.0)


# Part 4
def tuning_curve(scores: np.ndarray, ks: Sequence[int]) -> np.ndarray:
    """The mean of the lowest over all subsets: by listing them, or counting them exactly."""
    n, ordered = len(scores), sorted(float(s) for s in scores)
    curve = []
    for k in ks:
        if math.comb(n, k) <= 2000:
            lowest = [min(subset) for subset in itertools.combinations(ordered, k)]
            curve.append(math.fsum(lowest) / len(lowest))
        else:
            total = sum(
                Fraction(math.comb(n - 1 - j, k - 1)) * Fraction(s) for j, s in enumerate(ordered)
            )
            curve.append(float(total / math.comb(n, k)))
    return np.array(curve)


def tuning_band(
    scores: np.ndarray, ks: Sequence[int], alpha: float, low: float, high: float
) -> tuple[np.ndarray, np.ndarray]:
    """The means of the lowest of k numbers that take the values low, scores, high only."""
    n = len(scores)
    eps = math.sqrt(-math.log(alpha / 2) / 2 / n)
    ordered = [low, *sorted(float(s) for s in scores), high]
    shares = [Fraction(i, n) for i in range(n + 1)]
    bounds = []
    for sign in (1, -1):
        above = [1 - min(max(float(share) + sign * eps, 0.0), 1.0) for share in shares] + [0.0]
        means = []
        for k in ks:
            steps = zip(ordered, [1.0, *above], above, strict=False)
            means.append(math.fsum(t * (before**k - after**k) for t, before, after in steps))
        bounds.append(np.array(means))
    return bounds[0], bounds[1]


# Part 5
def cholesky_operations(n: int) -> int:
    """Multiplications, divisions and roots, counted in the loops of the textbook."""
    roots_and_divisions = 1  # for each entry, beside the products that are subtracted
    return sum(len(range(j)) + roots_and_divisions for j in range(n) for _ in range(j, n))
