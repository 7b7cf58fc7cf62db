"""The array is padded to a multiple of N.

caught by: check_all_reduce_sends_two_shares
message: the budget is
appended to: collectives.py
"""

of_any_length = ring_all_reduce


def ring_all_reduce(comm, x, op="sum"):
    padding = np.zeros(-len(x) % comm.size, x.dtype)
    return of_any_length(comm, np.concatenate([x, padding]), op)[: len(x)]
