"""Listens on every port but its own, to be called by another worker.

expect: its own ports only
passes: all
needs: loopback = 1
"""

import os
import socket


def probe():
    """Ports of other leases, and one that the kernel would choose."""
    own = int(os.environ["AUTOGRADER_PORTS"])
    with socket.create_server(("127.0.0.1", own)):
        pass
    for port in (0, own - 1, *range(own + 1, own + 64)):
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except PermissionError:
            continue
        except OSError as error:
            return f"{port}: {error}"
        return f"listened on {port}"
    return "contained"
