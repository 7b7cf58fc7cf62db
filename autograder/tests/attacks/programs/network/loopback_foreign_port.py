"""Connects to a port that is not its own, in every way that opens a stream.

expect: its own ports only
passes: all
needs: loopback = 2
"""

import os
import socket

MPTCP, SCTP = 262, 132


def probe():
    """The guard of its block, and well-known ports here; refused before anything could answer."""
    own = int(os.environ["AUTOGRADER_PORTS"].split(",")[0])
    for port in (own - 1, own + 2, 22, 53, 80, 443):
        for protocol in (0, MPTCP, SCTP):
            try:
                with socket.socket(socket.AF_INET, socket.SOCK_STREAM, protocol) as client:
                    client.settimeout(1)
                    client.connect(("127.0.0.1", port))
            except PermissionError:
                continue
            except OSError as error:
                return f"{port} by protocol {protocol}: {error}"
            return f"connected to {port} by protocol {protocol}"
    return "contained"
