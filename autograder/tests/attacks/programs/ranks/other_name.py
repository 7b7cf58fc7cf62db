"""Sends in the name of another rank, in every way that a worker has.

expect: points only for right values
passes: all but check_gathered
"""

import json
import os
import struct


def gathered(comm, x):
    """Rank 0 alone sends, and says that it is each of them."""
    if comm.rank == 0:
        for name in range(comm.size):
            comm.rank = name
            for other in range(comm.size):
                if other != 0:
                    comm._ask("send", "", other, x)
        names = zip(comm._ask.__code__.co_freevars, comm._ask.__closure__, strict=True)
        nonce = next(cell.cell_contents for name, cell in names if name == "nonce")
        for handle in (1, 2, -1):
            call = {"kind": "callback", "nonce": nonce, "handle": handle, "arguments": []}
            text = json.dumps({**call, "keywords": {}}, default=str).encode()
            os.write(4, struct.pack("!IQ", len(text), 0) + text)
    return comm.size * x
