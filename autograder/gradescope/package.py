"""The autograder zip, which an instructor uploads to Gradescope.

Called by the commands `zip` and `verify`.
"""

from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

import msgspec
from msgspec.structs import replace

from autograder.gradescope.plan import DECLARED, SECRET, empty_report
from autograder.gradescope.results_file import NOT_STARTED, encode_results
from autograder.gradescope.runner.selftest import TEMPLATE
from autograder.grading.declaring.declare import declared_checks
from autograder.grading.declaring.proving_programs import WRONG_PROGRAMS
from autograder.grading.fixtures.oracles import RECORD_FILE
from autograder.grading.mistakes.known_mistakes import MISTAKES_FILE
from autograder.model.assignment import SHARED, Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.errors import ReleaseError
from autograder.model.lab_report import REPORT
from autograder.release.archive import public_bytes, tree, write_zip
from autograder.render.gradescope_results import render_results

EXECUTABLE = ("run_autograder", "setup.sh")
# Wrong programs are added again: mistakes are recognised by them. Reports are graded elsewhere.
_LEFT_OUT = {"submissions", REPORT}


def build_zip(assignment: Assignment, root: Path, out: Path, secret: bytes) -> Path:
    """Write the zip of one assignment to `out`; same sources and secret, same bytes.

    Raises ReleaseError naming what is missing: the reference, the template, the constraints.
    """
    from autograder.release.wheel import build_wheel

    declared = tuple(declared_checks(assignment, hidden=True))
    wheel = build_wheel(root)
    files = zip_files(assignment, root, declared, secret)
    files[f"wheels/{wheel.name}"] = wheel.read_bytes()
    write_zip(out, files, EXECUTABLE)
    return out


def zip_files(
    assignment: Assignment, root: Path, declared: tuple[CheckDeclaration, ...], secret: bytes
) -> dict[str, bytes]:
    """Everything in the zip but the wheel."""
    if assignment.private is None:
        raise ReleaseError(f"{assignment.id} has no reference/{assignment.id}: nothing to grade by")
    templates = resources.files("autograder.gradescope") / "templates"
    files = {name: _lines(templates.joinpath(name).read_bytes()) for name in EXECUTABLE}
    files["constraints.txt"] = _lines(_required(root / "ci" / "constraints.txt"))
    files["requirements.txt"] = _requirements(assignment)
    # for a run in which not even Python starts: every check, score 0, and why
    not_started = render_results(empty_report(assignment, NOT_STARTED), declared)
    files["not_started.json"] = encode_results(not_started)
    files["private/course.toml"] = _lines(_required(root / "course.toml"))
    files[f"private/{DECLARED}"] = msgspec.json.format(
        msgspec.json.encode(known_before_the_fork(declared)), indent=1
    )
    files[f"private/{SECRET}"] = secret
    files.update(tree(assignment.folder, f"private/assignments/{assignment.id}"))
    for path in assignment.shared_files:
        files[f"private/assignments/{SHARED}/{path.name}"] = public_bytes(path)
    reference = f"private/reference/{assignment.id}"
    files.update(tree(assignment.private, reference, _LEFT_OUT))
    files.update(tree(assignment.private / WRONG_PROGRAMS, f"{reference}/{WRONG_PROGRAMS}"))
    files.update(_template(assignment, root))
    return files


def known_before_the_fork(declared: Iterable[CheckDeclaration]) -> list[CheckDeclaration]:
    """The checks without what students may not read: the driver knows them before it forks."""
    return [c if c.visible else replace(c, why="", oracle="", requires=()) for c in declared]


def _requirements(assignment: Assignment) -> bytes:
    wanted = [name for name in assignment.libraries if name == "torch"] + list(assignment.extras)
    return "".join(f"{line}\n" for line in dict.fromkeys(wanted)).encode()


def _template(assignment: Assignment, root: Path) -> Iterator[tuple[str, bytes]]:
    """The template's submitted files, for the self-test, and what was generated beside them."""
    folder = root / "student_templates" / assignment.id
    # recorded answers are not replayed: they show which release was graded with
    places = dict.fromkeys((MISTAKES_FILE, RECORD_FILE), f"assignments/{assignment.id}")
    places |= dict.fromkeys((*assignment.submit, *assignment.may_submit), TEMPLATE)
    for name, place in places.items():
        if (folder / name).is_file():
            yield f"private/{place}/{name}", _lines((folder / name).read_bytes())
        elif name in assignment.submit:
            raise ReleaseError(
                f"student_templates/{assignment.id}/{name} is missing:"
                f" run `autograder release {assignment.id}` first"
            )


def _lines(data: bytes) -> bytes:
    """With LF line ends: Gradescope fixes those of its two scripts only."""
    return data.replace(b"\r\n", b"\n")


def _required(path: Path) -> bytes:
    if not path.is_file():
        raise ReleaseError(f"{path} is missing: the autograder zip needs it")
    return path.read_bytes()
