"""Has a child use the memory, which is more than the whole submission may.

expect: limits hold
passes: all but check_probe
needs: isolation = "processes"
"""

import os
import time


def probe():
    """400 MB: no limit of a single process stops it."""
    read, write = os.pipe()
    if os.fork() == 0:
        kept = [bytes([1]) * 10**7 for _ in range(40)]
        time.sleep(0.5)
        os.write(write, b"%d" % sum(map(len, kept)))
        os._exit(0)
    os.close(write)
    told = os.read(read, 20).decode()
    return f"a child kept {told} bytes"
