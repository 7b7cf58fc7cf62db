"""Pretends at module level that the grader's own code failed.

expect: grader takes no blame
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


send(kind="raised", type="OSError", text="no", ours="the lockdown")
time.sleep(1)
