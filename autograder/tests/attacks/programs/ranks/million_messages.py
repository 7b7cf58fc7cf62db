"""Sends a million messages.

expect: grader ends in time
passes: all but check_gathered
"""


def gathered(comm, x):
    """To a rank that takes none of them."""
    for _ in range(10**6):
        comm.send((comm.rank + 1) % comm.size, x)
    return x
