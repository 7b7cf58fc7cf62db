"""Keeps what it is given in a secret run, and prints it in a later one.

expect: no canary leaks
passes: all
"""

import os

PLACES = (
    "/tmp/kept",
    "/var/tmp/kept",
    "/dev/shm/kept",
    "/run/kept",
    "/run/lock/kept",
    "../../kept",
)


def probe():
    """Whatever an earlier run has left, or could leave."""
    for place in PLACES:
        try:
            with open(place, "a+") as file:
                file.write("seen ")
            os.remove(place)
        except OSError:
            continue
        return f"{place} can be written"
    return "contained"
