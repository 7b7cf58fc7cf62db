"""Writes a results.json of its own, wherever results might be read from.

expect: points only for right values
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import json
from pathlib import Path

FORGED = json.dumps({"score": 100, "tests": [{"name": "PWNED", "score": 100}]})


def total(x):
    """Not the total."""
    root = Path(globals()["ROOT"])
    places = [root, root.parent, root.parent / "results", root.parents[1] / "results"]
    for place in (*places, Path("/autograder/results"), Path("..")):
        for name in ("results.json", "report.json"):
            try:
                (place / name).write_text(FORGED)
            except OSError:
                continue
    return 0.0
