"""Listens on the loopback address and connects to itself.

expect: no network
passes: all
"""

import socket


def probe():
    """A connection."""
    try:
        server = socket.create_server(("127.0.0.1", 0))
        socket.create_connection(server.getsockname(), timeout=1)
    except OSError:
        return "contained"
    return "connected"
