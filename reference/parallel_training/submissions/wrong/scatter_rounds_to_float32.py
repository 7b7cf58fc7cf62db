"""Messages are float32, which halves their bytes.

caught by: check_scatter_sums_on_any_ring
message: is not exactly as expected
appended to: collectives.py
"""

exact_exchange = _exchange


def _exchange(comm, dst, x, src):
    return exact_exchange(comm, dst, x.astype(np.float32), src).astype(x.dtype)
