"""Sends a dict whose keys all have the same hash, so that each is compared with all before it.

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


def send(header, sizes=()):
    """A frame to the grader, with buffers of these sizes."""
    text = b'{"kind":"return","nonce":%d,' % nonce() + header + b"}"
    os.write(4, struct.pack("!IQ", len(text), sum(sizes)))
    for part in (text, *(bytes(size) for size in sizes)):
        view = memoryview(part)
        while view:
            view = view[os.write(4, view) :]
    time.sleep(1)


def total(x):
    """Multiples of the modulus of hashes."""
    keys = [{"$": "int", "hex": hex(k * (2**61 - 1))} for k in range(4, 110_000)]
    pairs = [[key, 0] for key in keys]
    send(b'"value":' + json.dumps({"$": "dict", "items": pairs}, separators=(",", ":")).encode())
