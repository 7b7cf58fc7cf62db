"""The student zip: everything public of one assignment, in one folder."""

import re
import tempfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import jinja2

from autograder.grading.fixtures.oracles import RECORD_FILE
from autograder.grading.mistakes.known_mistakes import MISTAKES_FILE
from autograder.model.assignment import Assignment
from autograder.model.course import COURSE_FILE, load_course
from autograder.model.errors import ConfigError, ReleaseError
from autograder.model.lab_report import report_of
from autograder.model.requirements import HANDOUT
from autograder.release.archive import write_zip
from autograder.release.leaks.leak import find_leaks
from autograder.release.tables import stale_handout
from autograder.release.template import stale_files, template_folder
from autograder.release.tree import public_bytes, tree
from autograder.release.wheel import build_wheel

_LEAKS_SHOWN = 20


def build_student_zip(assignment: Assignment, root: Path, out: Path) -> Path:
    """Write the zip to `out`; from the same sources the same bytes.

    Raises ReleaseError when something is missing or stale, or would give something away.
    """
    stale = stale_files(assignment, root, prove=False)
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


def _files(assignment: Assignment, root: Path) -> Iterator[tuple[str, bytes]]:
    public = f"assignments/{assignment.id}"
    folder = template_folder(assignment, root)
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        # where grading looks for it, and out of the way of whoever edits the template
        ours = path.name in (RECORD_FILE, MISTAKES_FILE)
        yield f"{public}/{path.name}" if ours else path.name, public_bytes(path)
    yield "README.md", _readme(assignment).encode()
    yield HANDOUT, _required(assignment.folder / HANDOUT)
    yield "quickstart.py", _required(root / "quickstart.py")
    yield "constraints.txt", _required(root / "ci" / "constraints.txt")
    if (root / COURSE_FILE).is_file():
        yield COURSE_FILE, _public_course(root / COURSE_FILE)
    yield from tree(assignment.folder, public, left_out=(HANDOUT, RECORD_FILE, MISTAKES_FILE))
    with tempfile.TemporaryDirectory(prefix="wheel-") as scratch:
        wheel = build_wheel(root, Path(scratch))
        yield f"wheels/{wheel.name}", wheel.read_bytes()


def _public_course(path: Path) -> bytes:
    """The policy, and which parts are not given; not where the secret is."""
    text = public_bytes(path).decode()
    return re.sub(r"(?m)^secret_file\b.*$", 'secret_file = "kept by the staff"', text).encode()


def _readme(assignment: Assignment) -> str:
    source = resources.files("autograder.release") / "templates" / "README.md.j2"
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True, trim_blocks=True
    )
    template = environment.from_string(source.read_text(encoding="utf-8"))
    report = report_of(assignment) is not None
    return template.render(assignment=assignment, part=assignment.parts[0].id, report=report)


def _required(path: Path) -> bytes:
    if not path.is_file():
        raise ReleaseError(f"{path} is missing: the student zip needs it")
    return public_bytes(path)


def _secret(root: Path) -> bytes | None:
    """The course secret; without one there is none to give away."""
    if not (root / COURSE_FILE).is_file():
        return None
    course = load_course(root)
    try:
        return course.secret()
    except ConfigError:
        return None
