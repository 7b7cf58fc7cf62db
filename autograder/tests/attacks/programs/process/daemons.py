"""Leaves daemons behind, in sessions of their own.

expect: no process survives
passes: all
needs: isolation = "processes"
"""

import os
import signal
import time


def daemon(seconds=30.0):
    """A process of its own session, deaf to all but SIGKILL."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            time.sleep(seconds)
        os._exit(0)
    os.wait()


def probe():
    """Three of them."""
    for _ in range(3):
        daemon()
    return "contained"
