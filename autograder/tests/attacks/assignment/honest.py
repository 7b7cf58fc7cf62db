"""An honest submission; an attack is appended to it, so that its definitions win."""

import numpy as np

LEAKED = "PW" + "NED"  # in two pieces: the source itself may be shown


def total(x):
    """The sum of x."""
    return float(np.sum(x))


def scaled(x, k):
    """k times x."""
    return k * x


def minimise(slope, start):
    """Follow the negative slope from `start`."""
    for _ in range(60):
        start = start - 0.2 * slope(start)
    return float(start)


def strength(a):
    """The trace of a @ a."""
    return float(np.trace(a @ a))


def probe():
    """What an attack that has no value to return found out."""
    return "contained"


def gathered(comm, x):
    """The sum over all ranks, in their order."""
    for other in range(comm.size):
        if other != comm.rank:
            comm.send(other, x)
    return sum(x if rank == comm.rank else comm.recv(rank) for rank in range(comm.size))


def neighbour(comm):
    """What a rank that has no value to return found out."""
    return "contained"
