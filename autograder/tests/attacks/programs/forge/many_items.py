"""Sends a header of millions of empty lists, which take 20 times as much memory once read.

expect: grader survives
passes: all but check_total, check_total_is_vectorised, check_hidden_total
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


def total(x):
    """Thirty megabytes of brackets."""
    text = b'{"kind":"return","nonce":%d,"value":[' % nonce() + b"{}," * 10_000_000 + b"{}]}"
    view = memoryview(struct.pack("!IQ", len(text), 0) + text)
    while view:
        view = view[os.write(4, view) :]
    time.sleep(1)
