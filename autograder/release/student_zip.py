"""Release an assignment: bring what is generated up to date, and build the student zip.

The zip holds everything public of one assignment, in one folder. `autograder release` calls
`release_assignment`, with --check `release_problems`; `autograder verify` builds the zip alone.
"""

import re
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

import jinja2
import msgspec

from autograder.grading.fixtures.oracles import RECORD_FILE
from autograder.grading.mistakes.known_mistakes import MISTAKES_FILE
from autograder.model.assignment import SHARED, Assignment
from autograder.model.course import COURSE_FILE, load_course
from autograder.model.errors import AutograderError, ConfigError, ReleaseError
from autograder.model.lab_report import report_of
from autograder.model.requirements import HANDOUT
from autograder.release.archive import public_bytes, tree, write_zip
from autograder.release.leaks.leak import find_leaks
from autograder.release.students_handout import students_handout
from autograder.release.tables import stale_handout, write_tables
from autograder.release.template import (
    Say,
    build_template,
    template_folder,
    unheard,
    write_template,
)
from autograder.release.wheel import build_wheel

_LEAKS_SHOWN = 20


class ReleaseResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a release wrote."""

    assignment: str
    changed: tuple[str, ...]  # generated files that were not up to date, to be committed
    zip: Path

    def lines(self) -> list[str]:
        """The lines that the command prints."""
        rows = [f"{name}: written" for name in self.changed]
        rows += [] if rows else [f"{self.assignment}: template and handout were up to date"]
        return [*rows, f"wrote {self.zip}: the zip for students"]


def release_assignment(
    assignment: Assignment, root: Path, out_dir: Path, say: Say = unheard
) -> ReleaseResult:
    """Write the template, the handout's tables and `out_dir/<id>.zip`.

    Raises ReleaseError when something must not be handed out as it is; nothing is zipped then.
    """
    written = write_template(assignment, root, say)
    changed = [path.relative_to(root).as_posix() for path in written]
    if write_tables(assignment):
        changed.append(f"assignments/{assignment.id}/{HANDOUT}")
    say("the student zip: looks for private lines in it")
    archive = zip_template(assignment, root, out_dir / f"{assignment.id}.zip")
    return ReleaseResult(assignment=assignment.id, changed=tuple(changed), zip=archive)


def release_problems(assignment: Assignment, root: Path, say: Say = unheard) -> list[str]:
    """Why a release would refuse, each reason once; nothing is written."""
    found, template = [], None
    try:
        template = build_template(assignment, root, say=say)
    except AutograderError as error:
        found.append(str(error))
    say("the student zip: looks for private lines in it")
    try:
        handout = stale_handout(assignment).encode() or _required(assignment.folder / HANDOUT)
        _without_leaks(assignment, root, template or _committed(assignment, root), handout)
    except AutograderError as error:
        found.append(str(error))
    return list(dict.fromkeys(found))  # a reference that cannot be read hinders both


def zip_template(assignment: Assignment, root: Path, out: Path) -> Path:
    """Write the zip to `out`, with the template as it is; from the same sources the same bytes.

    Raises ReleaseError when something is missing, is stale, or would give something private away.
    """
    if stale_handout(assignment):
        raise ReleaseError(
            f"the tables of assignments/{assignment.id}/{HANDOUT} are stale:"
            f" run `autograder release {assignment.id}`"
        )
    handout = _required(assignment.folder / HANDOUT)
    files = _without_leaks(assignment, root, _committed(assignment, root), handout)
    write_zip(out, {f"{assignment.id}/{name}": data for name, data in files.items()})
    return out


def _committed(assignment: Assignment, root: Path) -> dict[str, bytes]:
    """The template as it stands in the repository. Raises ReleaseError where there is none."""
    folder = template_folder(assignment, root)
    if not folder.is_dir():
        raise ReleaseError(f"{folder} is missing: run `autograder release {assignment.id}`")
    paths = sorted(folder.iterdir())
    return {path.name: public_bytes(path) for path in paths if path.is_file()}


def _without_leaks(
    assignment: Assignment, root: Path, template: Mapping[str, bytes], handout: bytes
) -> dict[str, bytes]:
    """The files of the zip. Raises ReleaseError for what they would give away."""
    files = dict(_files(assignment, root, template, handout))
    leaks = find_leaks(files, assignment, root, _secret(root))
    if leaks:
        listed = leaks[:_LEAKS_SHOWN]
        listed += [f"and {len(leaks) - len(listed)} more"] if len(leaks) > len(listed) else []
        raise ReleaseError("the student zip would give this away:\n    " + "\n    ".join(listed))
    return files


def _files(
    assignment: Assignment, root: Path, template: Mapping[str, bytes], handout: bytes
) -> Iterator[tuple[str, bytes]]:
    public = f"assignments/{assignment.id}"
    for name, data in template.items():
        # what is generated lies where grading looks for it, not beside the files to edit
        yield f"{public}/{name}" if name in (RECORD_FILE, MISTAKES_FILE) else name, data
    yield "README.md", _readme(assignment).encode()
    yield HANDOUT, students_handout(handout.decode(), assignment, root).encode()
    yield "quickstart.py", _required(root / "quickstart.py")
    yield "constraints.txt", _required(root / "ci" / "constraints.txt")
    if (root / COURSE_FILE).is_file():
        yield COURSE_FILE, _public_course(root / COURSE_FILE)
    yield from tree(assignment.folder, public, left_out=(HANDOUT, RECORD_FILE, MISTAKES_FILE))
    for path in assignment.shared_files:
        yield f"assignments/{SHARED}/{path.name}", public_bytes(path)
    wheel = build_wheel(root)
    yield f"wheels/{wheel.name}", wheel.read_bytes()


def _public_course(path: Path) -> bytes:
    """The policy and the parts that are not given, without the place of the secret."""
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
