"""Every rank has the sum of its own chunk only.

caught by: check_all_reduce_on_any_ring, check_all_reduce_on_other_rings
message: is not exactly as expected
appended to: collectives.py
"""


def ring_all_reduce(comm, x, op="sum"):
    total = x.copy()
    chunks = np.array_split(total, comm.size)
    chunks[comm.rank][:] = ring_reduce_scatter(comm, x, op)
    return total
