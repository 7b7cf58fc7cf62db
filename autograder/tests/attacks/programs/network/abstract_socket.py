"""Connects to the abstract sockets of other programs on this machine.

expect: no network
passes: all
"""

import socket


def probe():
    """Those that are often there."""
    for name in ("/tmp/.X11-unix/X0", "/run/dbus/system_bus_socket", "@attack"):
        for address in (name, "\0" + name):
            with socket.socket(socket.AF_UNIX) as client:
                try:
                    client.connect(address)
                except OSError:
                    continue
                return f"connected to {name}"
    return "contained"
