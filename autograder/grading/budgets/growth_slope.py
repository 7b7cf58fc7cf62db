"""How a count grows with a size: the slope of log(count) against log(size)."""

import math
from collections.abc import Sequence


def growth_exponent(sizes: Sequence[float], counts: Sequence[float]) -> float:
    """Least-squares slope; 0 for a constant count, 1 for a linear one."""
    xs = [math.log(size) for size in sizes]
    ys = [math.log(max(count, 1.0)) for count in counts]
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    covariance = sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    return covariance / sum((x - x_mean) ** 2 for x in xs)
