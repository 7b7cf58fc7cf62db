"""`autograder new`: start an assignment, as three small folders that `verify` accepts."""

import keyword
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder.model.course import find_assignment
from autograder.model.errors import UsageError
from autograder.release.tables import write_tables
from autograder.release.template import write_template

_FILES = Path(__file__).with_name("scaffold_files")
_TOPS = ("assignments", "reference", "student_templates")
_LIBRARIES = {"autograder", "numpy", "pytest", "torch"}


def scaffold(root: Path, name: str) -> list[Path]:
    """Write assignments/NAME, reference/NAME and the template; returns the files written.

    Raises UsageError for a name that cannot be a module of its own, or that is taken.
    When it fails, it removes what it has written.
    """
    _require_name(name)
    _require_files()
    for top in _TOPS:
        if (root / top / name).exists():
            raise UsageError(f"{top}/{name} exists already: choose another id, or remove it")
    try:
        written = list(_copy(root, name))
        assignment = find_assignment(root, name)
        write_tables(assignment)
        return [*written, *write_template(assignment, root)]
    except BaseException:
        for top in _TOPS:
            shutil.rmtree(root / top / name, ignore_errors=True)
        raise


def _require_name(name: str) -> None:
    """The students' file is NAME.py: it must be importable and hide no other module."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise UsageError(
            f"{name!r} cannot be an id: lower-case letters, digits and _ only, a letter first"
        )
    if keyword.iskeyword(name):
        raise UsageError(f"{name!r} cannot be an id: it is a word of Python's own")
    if name in sys.stdlib_module_names or name in _LIBRARIES:
        raise UsageError(f"{name!r} cannot be an id: {name}.py would hide the module {name}")


def _require_files() -> None:
    if not _FILES.is_dir():
        raise UsageError(
            "this needs the course's own checkout: a student's install lacks the files"
        )


def _copy(root: Path, name: str) -> Iterator[Path]:
    for source in sorted(path for path in _FILES.rglob("*") if path.is_file()):
        top, *rest = source.relative_to(_FILES).parts
        if "__pycache__" in rest:
            continue
        target = root / top / name / Path(*rest)
        target = target.with_name(target.name.replace("NAME", name))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source.read_text(encoding="utf-8").replace("NAME", name), "utf-8")
        yield target
