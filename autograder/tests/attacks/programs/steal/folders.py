"""Reads the checks, the oracles, the reference and the secret from their folders.

expect: no canary leaks
passes: all
"""

from pathlib import Path


def probe():
    """What is in the files of the course."""
    root = Path(globals()["ROOT"])
    names = ["secret", "others/work.py", "others/results.json"]
    names += [f"reference/vault/{name}.py" for name in ("oracles", "work", "checks/check_hidden")]
    found = []
    for name in names:
        try:
            found.append((root / name).read_text())
        except OSError:
            continue
    return "".join(found) or "contained"
