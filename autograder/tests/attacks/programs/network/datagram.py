"""Sends a datagram to the loopback address.

expect: no network
passes: all
"""

import socket


def probe():
    """The discard port."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(b"x", ("127.0.0.1", 9))
    except OSError:
        return "contained"
    return "sent"
