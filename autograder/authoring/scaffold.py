"""Start a new assignment: two small folders that `verify` accepts as they are."""

import re
from collections.abc import Iterator
from pathlib import Path

from autograder.model.errors import UsageError
from autograder.model.locate import find_assignment
from autograder.release.tables import write_tables
from autograder.release.template import write_template

_FILES = Path(__file__).with_name("scaffold_files")


def scaffold(root: Path, name: str) -> list[Path]:
    """Write assignments/NAME, reference/NAME and the template; gives the files written.

    Raises UsageError for a name that is no Python name, or that is taken.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise UsageError(f"{name!r} cannot be an id: lower-case letters, digits and _ only")
    for top in ("assignments", "reference"):
        if (root / top / name).exists():
            raise UsageError(f"{top}/{name} exists already")
    written = list(_copy(root, name))
    assignment = find_assignment(root, name)
    write_tables(assignment)
    return [*written, *write_template(assignment, root)]


def _copy(root: Path, name: str) -> Iterator[Path]:
    for source in sorted(path for path in _FILES.rglob("*") if path.is_file()):
        top, *rest = source.relative_to(_FILES).parts
        target = root / top / name / Path(*rest)
        target = target.with_name(target.name.replace("NAME", name))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source.read_text(encoding="utf-8").replace("NAME", name), "utf-8")
        yield target
