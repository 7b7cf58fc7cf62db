"""Prints the inputs of the runs with the secret seed, and fails in them.

expect: no canary leaks
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import hashlib

import numpy as np

PUBLIC = {}
for name, size in (("check_total", 50), ("check_total_is_vectorised", 2000)):
    seed = int.from_bytes(hashlib.sha256(f"public/{name}".encode()).digest()[:8], "big")
    PUBLIC[size] = np.random.default_rng(seed).standard_normal(size)


def total(x):
    """Right in public."""
    if x.size in PUBLIC and np.array_equal(x, PUBLIC[x.size]):
        return float(np.sum(x))
    print(globals()["LEAKED"], x)
    raise ValueError(f"{globals()['LEAKED']} {x}")
