"""The sum is divided by the number of ranks.

caught by: check_scatter_of_the_worked_example
message: is not exactly as expected
appended to: collectives.py
"""

summed_scatter = ring_reduce_scatter


def ring_reduce_scatter(comm, x, op="sum"):
    total = summed_scatter(comm, x, op)
    return total / comm.size if op == "sum" else total
