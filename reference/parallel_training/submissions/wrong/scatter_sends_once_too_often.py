"""Every rank sends its last chunk on.

caught by: check_scatter_of_the_worked_example
message: that no rank received
appended to: collectives.py
"""

thrifty_scatter = ring_reduce_scatter


def ring_reduce_scatter(comm, x, op="sum"):
    chunk = thrifty_scatter(comm, x, op)
    if comm.size > 1:
        comm.isend((comm.rank + 1) % comm.size, chunk)
    return chunk
