"""Prints the inputs of the runs with the secret seed, and fails in them.

expect: no canary leaks
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import hashlib

import numpy as np

PUBLIC = []
for name, size in (("check_total", 50), ("check_total_is_vectorised", 100_000)):
    seed = int.from_bytes(hashlib.sha256(f"public/{name}".encode()).digest()[:8], "big")
    PUBLIC += [np.random.default_rng(seed + n).standard_normal(size) for n in (0, 1)]
SEEN = []


def total(x):
    """Right with the public seed, which the first inputs show."""
    SEEN.append(any(np.array_equal(x, public) for public in PUBLIC))
    if SEEN[0]:
        return float(np.sum(x))
    print(globals()["LEAKED"], x)
    raise ValueError(f"{globals()['LEAKED']} {x}")
