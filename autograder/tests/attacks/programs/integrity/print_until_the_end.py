"""Prints the inputs of a secret run, and is still busy when the whole run's time is up.

expect: no canary leaks
passes: any
needs: run_s = 2.8
"""

import hashlib
import time

import numpy as np

seed = int.from_bytes(hashlib.sha256(b"public/check_scaled").digest()[:8], "big")
KNOWN = np.random.default_rng(seed).standard_normal(40)


def scaled(x, k):
    """Public runs end in time; the secret one is cut short with the run."""
    if x.size == KNOWN.size:
        if not np.array_equal(x, KNOWN):
            print(globals()["LEAKED"], x)
            time.sleep(1.3)
        time.sleep(1.0)
    return k * x
