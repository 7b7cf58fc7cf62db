"""Says that it is imported before it is, to be graded from a thread.

expect: points only for right values
passes: none
"""

import gc
import json
import os
import struct
import time


def nonce():
    """Of the call being served."""
    from autograder.worker.serve import Worker

    return next(thing for thing in gc.get_objects() if isinstance(thing, Worker))._nonce


def send(**header):
    """A frame to the grader."""
    text = json.dumps({"nonce": nonce(), **header}).encode()
    os.write(4, struct.pack("!IQ", len(text), 0) + text)


send(kind="ready")
time.sleep(2.5)
send(kind="return", value=0.0)
time.sleep(0.5)
os._exit(0)
