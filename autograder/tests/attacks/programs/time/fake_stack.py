"""Prints a forged dump of its stack when it is asked for one, at import.

expect: grader survives
passes: none
"""

import os
import signal
import time

HERE = os.path.abspath(__file__).encode()


def _answer(number, frame):
    os.write(2, b'File "' + HERE + b'\xff", line ' + b"9" * 5000 + b" in \xff\xfe\n")
    os.write(2, b'File "' + HERE + b'", line 1 in \xff\xfe\n')


signal.signal(signal.SIGUSR1, _answer)
while True:
    time.sleep(0.05)
