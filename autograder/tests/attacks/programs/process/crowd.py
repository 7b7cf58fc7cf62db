"""Starts processes until it is stopped.

expect: no process survives
passes: all but check_total, check_total_is_vectorised, check_hidden_total
needs: isolation = "processes"
"""

import os
import time


def total(x):
    """At most 100 of them."""
    for _ in range(100):
        if os.fork() == 0:
            time.sleep(30)
            os._exit(0)
    time.sleep(30)
