"""Leaves a daemon behind each time it is imported, and dies.

expect: no process survives
passes: none
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


daemon()
os.kill(os.getpid(), signal.SIGKILL)
