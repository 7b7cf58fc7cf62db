"""Resets the kernel's high-water mark of its memory.

expect: budgets hold
passes: all
"""


def probe():
    """By the file that is there for it."""
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    except OSError:
        return "contained"
    return "the mark was reset"
