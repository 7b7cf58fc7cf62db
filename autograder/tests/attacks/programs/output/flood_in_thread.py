"""Prints without end in a thread, whatever its functions do.

expect: limits hold
passes: none
"""

import os
import threading

BEGUN = threading.Event()


def _print():
    for _ in range(4):
        os.write(1, b"x" * 65536)
    BEGUN.set()
    while True:
        os.write(1, b"x" * 65536)


threading.Thread(target=_print, daemon=True).start()
BEGUN.wait()  # else it depends on the machine how much is printed before the first call returns
