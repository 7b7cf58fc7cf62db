"""Returns at once, and prints without end in a thread.

expect: limits hold
passes: none
"""

import os
import threading


def _print():
    while True:
        os.write(1, b"x" * 65536)


threading.Thread(target=_print, daemon=True).start()
