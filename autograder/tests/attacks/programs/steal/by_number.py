"""Opens the secret by absolute path, through links and through /proc/self/root.

expect: no canary leaks
passes: all
"""

import os


def probe():
    """The same file by four names."""
    secret = f"{globals()['ROOT']}/secret"
    os.symlink(secret, "link")
    for path in (secret, "link", f"/proc/self/root{secret}", f"/proc/self/cwd/../../..{secret}"):
        try:
            return open(path).read()
        except OSError:
            continue
    try:
        os.link(secret, "hard link")
    except OSError:
        return "contained"
    return open("hard link").read()
