"""Reads the environment that the grader was started with.

expect: no canary leaks
passes: all
"""

import os


def probe():
    """Variables, and the block they were read from."""
    try:
        block = open("/proc/self/environ", "rb").read().decode("utf-8", "replace")
    except OSError:
        block = ""
    text = "".join(f"{k}={v}" for k, v in os.environ.items()) + block
    return text[text.index("TOKEN=") :] if "TOKEN=" in text else "contained"
