"""Every rank receives before it sends.

caught by: check_scatter_of_the_worked_example
message: deadlock: rank 0 waits for
not recognised: no rank returns anything; the message says who waits for whom
appended to: collectives.py
"""


def _exchange(comm, dst, x, src):
    received = comm.recv(src)
    comm.send(dst, x)
    return received
