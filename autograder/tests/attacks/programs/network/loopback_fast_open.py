"""Sends to a port that is not its own with TCP Fast Open, which connects without connect().

expect: its own ports only
passes: all
needs: loopback = 1
"""

import socket


def probe():
    """By both calls that take the flag."""
    for send in ("sendto", "sendmsg"):
        with socket.socket() as client:
            client.settimeout(1)
            try:
                if send == "sendto":
                    client.sendto(b"x", socket.MSG_FASTOPEN, ("127.0.0.1", 9))
                else:
                    client.sendmsg([b"x"], [], socket.MSG_FASTOPEN, ("127.0.0.1", 9))
            except PermissionError:
                continue
            except OSError as error:
                return f"{send}: {error}"
            return f"{send} has sent"
    return "contained"
