"""Has a child use the memory, which the parent's limit does not see.

expect: limits hold
passes: all
"""

import os


def probe():
    """What a child of ours could keep."""
    read, write = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        return "contained"
    if pid == 0:
        kept = [bytes([1]) * 10**7 for _ in range(40)]
        os.write(write, b"%d" % sum(map(len, kept)))
        os._exit(0)
    os.close(write)
    os.waitpid(pid, 0)
    told = os.read(read, 20)
    return f"a child kept {told.decode()} bytes" if told else "contained"
