"""Talks to the other rank behind the network's back, by a name without a file.

expect: points only for right values
passes: all
"""

import socket

NAMES = {socket.SOCK_DGRAM: "\0datagrams", socket.SOCK_STREAM: "\0stream"}


def open_all():
    """A socket of each kind, which the other rank may reach."""
    found = {}
    for kind, name in NAMES.items():
        try:
            found[kind] = socket.socket(socket.AF_UNIX, kind)
            found[kind].bind(name)
            found[kind].settimeout(0.1)
            found[kind].listen()
        except OSError:
            continue
    return found


def send_all():
    """A word to each of them."""
    for kind, name in NAMES.items():
        try:
            with socket.socket(socket.AF_UNIX, kind) as other:
                other.connect(name)
                other.send(b"by another way")
        except OSError:
            continue


def receive(sockets):
    """The first word that came."""
    for kind, each in sockets.items():
        try:
            source = each.accept()[0] if kind == socket.SOCK_STREAM else each
            return source.recv(100).decode()
        except OSError:
            continue
    return "contained"


def neighbour(comm):
    """Rank 1 sends what rank 0 receives."""
    sockets = {} if comm.rank else open_all()
    comm.barrier()
    if comm.rank:
        send_all()
    comm.barrier()
    return receive(sockets)
