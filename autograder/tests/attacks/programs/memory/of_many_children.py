"""Has children use the memory, each less than the submission may.

expect: limits hold
passes: all but check_probe
needs: isolation = "processes"
"""

import os
import time


def probe():
    """Four times 100 MB."""
    read, write = os.pipe()
    for _ in range(4):
        if os.fork() == 0:
            kept = [bytes([1]) * 10**7 for _ in range(10)]
            time.sleep(1)
            os.write(write, b"%d" % (sum(map(len, kept)) // 10**7))
            os._exit(0)
    os.close(write)
    told = b"".join(iter(lambda: os.read(read, 20), b""))
    return f"children kept {told.decode()} times 10 MB"
