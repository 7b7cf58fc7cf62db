"""The framework's wheel: built offline, and from the same sources always the same bytes.

It is part of the student zip and of the Gradescope zip.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.model.errors import ReleaseError
from autograder.release.archive import tree

_MOMENT = "1577836800"  # the start of 2020; a zip cannot hold 1970
_INPUTS = ("pyproject.toml", "README.md", "LICENSE", ".gitignore")  # beside the package


def build_wheel(root: Path) -> Path:
    """The wheel of the sources in `root`, kept in `root/build/wheels` by the hash of the sources.

    Raises ReleaseError where there are no sources, or no hatchling.
    """
    _require_sources(root)
    kept = root / "build" / "wheels" / _hash_of_sources(root)
    return next(kept.glob("autograder-*.whl"), None) or _build(root, kept)


def _require_sources(root: Path) -> None:
    missing = [n for n in ("pyproject.toml", "autograder/__init__.py") if not (root / n).is_file()]
    if missing:
        raise ReleaseError(
            f"{root} holds no {missing[0]}: zips are built in the course's repository, which has"
            " the sources of the framework; a student zip has only its wheel"
        )
    if importlib.util.find_spec("hatchling") is None:
        raise ReleaseError(
            'building the wheel needs hatchling: type pip install -e ".[zip]" in the course\'s'
            " repository, or run quickstart.py there"
        )


def _hash_of_sources(root: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    package = tree(root / "autograder", "autograder", left_out=("tests",))
    beside = ((name, (root / name).read_bytes()) for name in _INPUTS if (root / name).is_file())
    for name, data in (*beside, *package):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()[:32]


def _build(root: Path, kept: Path) -> Path:
    """Run hatchling, which works in the current folder, in a process of its own."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as scratch:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", scratch]
        environment = os.environ | {"SOURCE_DATE_EPOCH": _MOMENT}
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
        built = sorted(Path(scratch).glob("autograder-*.whl"))
        if done.returncode or len(built) != 1:
            raise ReleaseError(
                f"hatchling could not build the wheel: {done.stderr.strip()[-2000:]}"
            )
        kept.mkdir(exist_ok=True)
        # atomic, and the last step: another process may be looking for the wheel
        return built[0].replace(kept / built[0].name)
