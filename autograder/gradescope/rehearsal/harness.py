"""How Gradescope's harness starts run_autograder: on this machine, and inside a container.

`python3 -I harness.py ROOT SECONDS` runs it under ROOT and prints what came of it. It needs the
standard library alone, since `simulate --container` copies it into images that have no more.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def run_script(root: Path, time_limit_s: float) -> dict[str, Any]:
    """Run run_autograder; its output goes to results/stdout.

    Returns `status` (negative: a signal), `timed_out`, `wall_s`, and in `error` why it could not
    be started, or "".
    """
    started = time.monotonic()
    status, timed_out, error = 0, False, ""
    try:
        with (root / "results" / "stdout").open("wb") as log:
            process = subprocess.Popen(
                [str(root / "run_autograder")],
                cwd=root,
                env=_environment(time_limit_s),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        status = process.wait(time_limit_s)
    except subprocess.TimeoutExpired:
        timed_out = True
        process.kill()  # the direct child only: what it started lives on
        status = process.wait()
    except OSError as failure:
        error = str(failure.strerror)
    wall_s = time.monotonic() - started
    return {"status": status, "timed_out": timed_out, "wall_s": wall_s, "error": error}


def _environment(time_limit_s: float) -> dict[str, str]:
    """What the harness leaves to run_autograder; the token is gone, addresses are not."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.environ.get("HOME", "/root"),
        "SUBMISSION_URL": "https://example.invalid/submission",
        "SUBMIT_RESULTS_URL": "https://example.invalid/results",
        "ASSET_HOST": "https://example.invalid",
        "TIMEOUT_SECONDS": str(max(1, int(time_limit_s))),
    }


def _others() -> list[str]:
    """Every process of this container but this one; a zombie is none."""
    names = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name, _, rest = (folder / "stat").read_text(errors="replace").rpartition(")")
        except OSError:
            continue  # it has ended
        if int(folder.name) != os.getpid() and rest.split()[0] != "Z":
            names.append(f"{name.partition('(')[2]} (pid {folder.name})")
    return names


def main(arguments: Sequence[str]) -> int:
    """Print what `run_script` returns, with `survivors`, as a JSON object."""
    found = run_script(Path(arguments[0]), float(arguments[1]))
    print(json.dumps({**found, "survivors": _others()}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
