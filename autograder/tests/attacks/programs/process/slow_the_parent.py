"""Gives its parent the lowest of priorities, by all system calls for it.

expect: grader survives
passes: all
"""

import ctypes
import os


def probe():
    """Affinity, nice value, scheduling policy, I/O class."""
    pid = os.getppid()
    ways = {
        "affinity": lambda: os.sched_setaffinity(pid, os.sched_getaffinity(0)),
        "priority": lambda: os.setpriority(os.PRIO_PROCESS, pid, os.getpriority(0, 0)),
        "policy": lambda: os.sched_setscheduler(pid, os.SCHED_OTHER, os.sched_param(0)),
        "parameter": lambda: os.sched_setparam(pid, os.sched_param(0)),
    }
    for name, change in ways.items():
        try:
            change()
        except OSError:
            continue
        return name
    libc = ctypes.CDLL(None, use_errno=True)
    best_effort = (2 << 13) | 4
    return "contained" if libc.syscall(251, 1, pid, best_effort) else "input and output"
