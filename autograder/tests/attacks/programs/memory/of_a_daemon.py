"""Has a process use the memory that is no child of anybody's any more.

expect: limits hold
passes: all but check_probe
needs: isolation = "processes"
"""

import os
import time


def probe():
    """400 MB in a session of its own, whose parent has ended."""
    read, write = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        kept = [bytes([1]) * 10**7 for _ in range(40)]
        time.sleep(0.5)
        os.write(write, b"%d" % sum(map(len, kept)))
        os._exit(0)
    os.close(write)
    told = os.read(read, 20).decode()
    return f"a daemon kept {told} bytes"
