"""Writes one large file.

expect: limits hold
passes: all
needs: scratch = "200MB"
"""

import signal


def probe():
    """80 MB."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        with open("large", "wb") as file:
            for _ in range(80):
                file.write(bytes(10**6))
    except OSError:
        return "contained"
    return "80 MB in one file"
