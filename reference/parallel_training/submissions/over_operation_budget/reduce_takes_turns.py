"""Even ranks send first and odd ranks receive first.

caught by: check_all_reduce_keeps_all_links_busy
message: the budget is
appended to: collectives.py
"""


def _exchange(comm, dst, x, src):
    if comm.rank % 2 == 0:
        comm.send(dst, x)
        return comm.recv(src)
    received = comm.recv(src)
    comm.send(dst, x)
    return received
