"""Sends a function handle, a recipe and a generator where values are due.

expect: grader survives
passes: check_minimum, check_probe, check_peek
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
    """A handle of the grader's own functions."""
    send(kind="return", value={"$": "callable", "handle": 0})
    time.sleep(0.2)


def scaled(x, k):
    """Have the grader build ten gigabytes."""
    send(kind="return", value={"$": "recipe", "kind": "zeros", "shape": [10**10]})
    time.sleep(0.2)
