"""What CI runs: format, lint, types, tests (the layers are one of them), on Linux the attacks, and
the proofs: the quickstart's demonstration, and every assignment verified.

`python3 quickstart.py test` calls this after it has set up `.venv`; `ci/check.sh` calls it alone.
Arguments go to pytest, and then only the tests run: `ci/check.sh -k quickstart`.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

LINTS = {
    "format": ("-m", "ruff", "format", "--check", "--quiet", "."),
    "lint": ("-m", "ruff", "check", "--quiet", "."),
    "types": ("-m", "mypy"),
}
# Two: the tests also run where cores are few, and start workers of their own.
CHOSEN = {"tests": ("-m", "pytest", "-n", "2")}
TESTS = {
    "tests": ("-m", "pytest", "-n", "2", "-m", "not alone"),
    "tests that need every CPU": ("-m", "pytest", "-m", "alone"),
}
_ATTACKS = ("-m", "pytest", "-n", "2", "--dist", "worksteal", "autograder/tests/attacks")
# The demonstration first: it makes the course secret, which hidden inputs are drawn from.
PROOFS = {
    "demonstration": ("ci/demo.py",),
    "assignments": ("-m", "autograder", "verify", "--all", "--quick"),
}


def main(pytest_arguments: list[str]) -> int:
    """Run every step even after a failure; 1 when one of them failed."""
    steps = CHOSEN if pytest_arguments else {**LINTS, **TESTS, **attacks(), **PROOFS}
    failed = [name for name, step in steps.items() if not passes(name, *step, *pytest_arguments)]
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def attacks() -> dict[str, tuple[str, ...]]:
    """The attack suite; for root with what a container's root may do, as on Gradescope."""
    if sys.platform != "linux":
        return {}
    if os.geteuid() == 0:
        return {"attacks": ("ci/as_in_a_container.py", sys.executable, *_ATTACKS)}
    return {"attacks": _ATTACKS}


def passes(name: str, *arguments: str) -> bool:
    """Run one tool of the environment this file runs in."""
    print(f"== {name}: python {' '.join(arguments)}", flush=True)
    start = time.perf_counter()
    status = subprocess.call([sys.executable, *arguments], cwd=ROOT)
    print(f"== {name}: {time.perf_counter() - start:.1f} s", flush=True)
    return status == 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
