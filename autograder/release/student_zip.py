"""The student zip: everything public of one assignment, in one folder."""

import tempfile
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

import jinja2

from autograder.grading.oracles import RECORD_FILE
from autograder.model.assignment import Assignment
from autograder.model.course import load_course
from autograder.model.errors import ConfigError, ReleaseError
from autograder.release.archive import write_zip
from autograder.release.leak import find_leaks
from autograder.release.tables import HANDOUT, stale_handout
from autograder.release.template import build_template, stale_files, template_folder
from autograder.release.tree import public_bytes, tree
from autograder.release.wheel import build_wheel

_LEAKS_SHOWN = 20


def build_student_zip(assignment: Assignment, root: Path, out: Path) -> Path:
    """Write the zip to `out`; from the same sources the same bytes.

    Raises ReleaseError when something is missing or stale, or would give something away.
    """
    stale = stale_files(assignment, root)
    if stale:
        raise ReleaseError(
            f"student_templates/{assignment.id} is stale ({', '.join(stale)}):"
            f" run `autograder release {assignment.id}`"
        )
    return zip_template(assignment, root, out)


def zip_template(assignment: Assignment, root: Path, out: Path) -> Path:
    """Write the zip with the template as it stands, which the caller knows to be fresh."""
    if stale_handout(assignment):
        raise ReleaseError(
            f"the tables of assignments/{assignment.id}/{HANDOUT} are stale:"
            f" run `autograder release {assignment.id}`"
        )
    files = dict(_files(assignment, root))
    leaks = find_leaks(files, assignment, root, _secret(root))
    if leaks:
        listed = leaks[:_LEAKS_SHOWN]
        listed += [f"and {len(leaks) - len(listed)} more"] if len(leaks) > len(listed) else []
        raise ReleaseError("the student zip would give this away:\n    " + "\n    ".join(listed))
    write_zip(out, {f"{assignment.id}/{name}": data for name, data in files.items()})
    return out
