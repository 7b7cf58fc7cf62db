"""Every rank sends before it receives.

caught by: check_scatter_where_sends_wait
message: waits to be received by rank
appended to: collectives.py
"""


def _exchange(comm, dst, x, src):
    comm.send(dst, x)
    return comm.recv(src)
