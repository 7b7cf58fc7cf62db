"""All chunks have n // N entries.

caught by: check_scatter_of_the_worked_example
message: has shape
appended to: collectives.py
"""

whole_scatter = ring_reduce_scatter


def ring_reduce_scatter(comm, x, op="sum"):
    return whole_scatter(comm, x[: len(x) // comm.size * comm.size], op)
