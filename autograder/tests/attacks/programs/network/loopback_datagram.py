"""Has ports of its own, and opens sockets that are not TCP.

expect: streams of TCP only
passes: all
needs: loopback = 1
"""

import socket


def probe():
    """Datagrams carry addresses that nothing looks at."""
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET, 40):
        for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            try:
                socket.socket(family, kind).close()
            except OSError:
                continue
            return f"a socket of family {family}, type {kind}"
    return "contained"
