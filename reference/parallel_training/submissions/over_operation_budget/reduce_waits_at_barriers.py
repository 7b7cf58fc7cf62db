"""All ranks wait for each other after each message.

caught by: check_all_reduce_keeps_all_links_busy
message: the budget is
appended to: collectives.py
"""

freely = _pass_on


def _pass_on(comm, x):
    received = freely(comm, x)
    comm.barrier()
    return received
