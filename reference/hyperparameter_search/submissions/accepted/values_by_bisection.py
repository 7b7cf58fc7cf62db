"""Shares are found by bisection, logarithmic ranges by exp and log.

appended to: spaces.py
"""

import bisect
import math


def value_at(span, u):
    kind = span[0]
    if kind in ("integer", "choice"):
        listed = span[1:] if kind == "choice" else range(span[1], span[2] + 1)
        ends = [(i + 1) / len(listed) for i in range(len(listed))]
        return listed[min(bisect.bisect_right(ends, u), len(listed) - 1)]
    if kind == "uniform":
        return float(np.clip((1 - u) * span[1] + u * span[2], span[1], span[2]))
    if kind != "log-uniform":
        raise ValueError(f"unknown kind {kind}")
    logarithm = math.log(span[1]) + u * (math.log(span[2]) - math.log(span[1]))
    return float(np.clip(math.exp(logarithm), span[1], span[2]))
