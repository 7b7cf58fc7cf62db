"""A course in a temporary folder whose one assignment, `tiny`, comes from the scaffold."""

import shutil
from pathlib import Path

import pytest

from autograder.authoring.scaffold import scaffold
from autograder.model.assignment import Assignment
from autograder.model.course import find_assignment, load_course
from autograder.tests.authoring.once import once, shared_folder

REPOSITORY = Path(__file__).resolve().parents[3]
NAME = "tiny"
SOLUTION = "return float(x @ x) / len(x)"  # of the reference
SECRET = b"a secret of the tests, long enough"
BESIDE = ("quickstart.py", "ci/constraints.txt", "pyproject.toml", "README.md", "LICENSE")

CHECKS = "import numpy as np\n\nfrom autograder.grading import check, expect\n"


def empty_course(root: Path) -> Path:
    """A course without any assignment; its secret stands beside it."""
    root = root.resolve()
    secret = root.parent / f"{root.name}.secret"
    for name in BESIDE:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / name, root / name)
    toml = f'name = "n"\nterm = "t"\nsecret_file = "{secret.as_posix()}"\n'
    (root / "course.toml").write_text(toml)
    secret.write_bytes(SECRET)
    return root


def scaffolded(factory: pytest.TempPathFactory) -> Path:
    """The course as the scaffold makes it, made once: copy it before changing anything."""
    root = shared_folder(factory) / "scaffolded"
    return once(root, lambda: scaffold(empty_course(root), NAME))


def copy_of(root: Path, to: Path) -> Path:
    """The whole course again, caches left out, with the same secret file."""
    return Path(shutil.copytree(root, to, ignore=shutil.ignore_patterns("__pycache__")))


def with_sources(root: Path) -> None:
    """Add the framework's own sources, of which its wheel is built."""
    left_out = shutil.ignore_patterns("tests", "__pycache__")
    shutil.copytree(REPOSITORY / "autograder", root / "autograder", ignore=left_out)


def tiny_of(root: Path) -> Assignment:
    """The assignment, read anew."""
    return find_assignment(root, NAME)


def secret_of(root: Path) -> Path:
    """The secret file, which copies of a course share."""
    return Path(load_course(root).secret_file)


def write(root: Path, name: str, text: str) -> Path:
    """Write a file below `root`."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def replace(path: Path, old: str, new: str) -> None:
    """Change a text that stands in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
