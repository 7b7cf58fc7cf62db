"""Answers a call as if it were an import.

expect: grader takes no blame
passes: all but check_probe, check_peek
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


def probe():
    """No value at all."""
    send(kind="ready", programs=["peek"])
    time.sleep(1)
