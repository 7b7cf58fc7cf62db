"""Messages are float64 for every dtype.

caught by: check_scatter_of_the_largest, check_scatter_on_other_rings
message: has dtype
appended to: collectives.py
"""

plain_exchange = _exchange


def _exchange(comm, dst, x, src):
    return plain_exchange(comm, dst, x.astype(np.float64), src).astype(x.dtype)
