"""Keeps the inputs of a secret run in /dev/shm, where it may write, for a later run to print.

expect: no canary leaks
passes: all
needs: isolation = "shared memory"
layer: private uid
"""

import numpy as np

KEPT = "/dev/shm/attack" + globals()["ROOT"].replace("/", "-")


def total(x):
    """Remember every input."""
    try:
        with open(KEPT, "a") as file:
            file.write(f"{x[0]:.6f} ")
    except OSError:
        pass
    return float(np.sum(x))


def probe():
    """What earlier runs have left."""
    try:
        with open(KEPT, "r+") as file:
            kept = file.read()
            file.truncate(0)
    except OSError:
        return "contained"
    return kept or "contained"
