"""The sum of all ranks is divided by their number.

caught by: check_all_reduce_on_any_ring
message: is not exactly as expected
appended to: collectives.py
"""

summed = ring_all_reduce


def ring_all_reduce(comm, x, op="sum"):
    total = summed(comm, x, op)
    return total / comm.size if op == "sum" else total
