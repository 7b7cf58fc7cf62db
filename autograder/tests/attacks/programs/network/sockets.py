"""Opens sockets of every family but that of this machine's own.

expect: no network
passes: all
"""

import socket


def probe():
    """One that can be had."""
    families = (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET, 40, 38)
    for family in families:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
            try:
                socket.socket(family, kind).close()
            except OSError:
                continue
            return f"a socket of family {family}"
    return "contained"
