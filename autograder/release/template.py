"""`student_templates/<id>/`: generated from the reference, committed, never edited.

Called by `autograder release`, by `new`, and by `verify`, which asks for stale files.
"""

import ast
from collections.abc import Callable, Mapping
from pathlib import Path

from autograder.grading.declaring.given_parts import given_sources, names_left_out
from autograder.grading.fixtures.oracles import RECORD_FILE, Records, read_records, show_records
from autograder.grading.mistakes.known_mistakes import MISTAKES_FILE, show_mistakes
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError, ReleaseError
from autograder.model.lab_report import REPORT
from autograder.model.syntax import parse
from autograder.release.lab_report.notebook import student_notebook
from autograder.release.mistakes import known_mistakes
from autograder.release.record import record_answers, stale_records
from autograder.release.strip import solution_regions, strip_solutions

Say = Callable[[str], None]  # is told what is being made, before it is


def unheard(text: str) -> None:
    """For callers that show no progress."""


def template_folder(assignment: Assignment, root: Path) -> Path:
    """Where the template is committed."""
    return root / "student_templates" / assignment.id


def build_template(
    assignment: Assignment, root: Path, *, prove: bool = True, say: Say = unheard
) -> dict[str, bytes]:
    """What the folder must hold: stubs of the submitted files, recorded answers, known mistakes,
    and the lab report to fill in.

    Committed answers are kept if they differ by rounding only, as between machines.
    Without `prove`, it is not proved that questions depend on no submission: a third of the time.
    Raises ReleaseError when a file cannot be stripped or an answer cannot be recorded.
    """
    folder = template_folder(assignment, root)
    say("the stubs and the lab report")
    files = stubs(assignment)
    files |= student_notebook(assignment, folder / REPORT)
    recorded = folder / RECORD_FILE
    say("the recorded answers: grades the reference, which takes a minute or more")
    records = record_answers(assignment, root, prove=prove)
    fresh = _is_fresh(recorded, records)
    text = recorded.read_bytes() if fresh else show_records(records).encode()
    say("the recognised mistakes: grades the wrong programs if they or the checks have changed")
    mistakes = known_mistakes(assignment, root, folder / MISTAKES_FILE)
    return {
        **files,
        RECORD_FILE: text.replace(b"\r\n", b"\n"),
        MISTAKES_FILE: show_mistakes(mistakes).encode(),
    }


def write_template(assignment: Assignment, root: Path, say: Say = unheard) -> list[Path]:
    """Bring the folder up to date. Returns the files that were written or removed."""
    files = build_template(assignment, root, say=say)
    folder = template_folder(assignment, root)
    folder.mkdir(parents=True, exist_ok=True)
    stale = _differing(folder, files)
    for name in stale:
        if name in files:
            (folder / name).write_bytes(files[name])
        else:
            (folder / name).unlink()
    return [folder / name for name in stale]


def stale_files(assignment: Assignment, root: Path, *, prove: bool = True) -> list[str]:
    """The names of files in the folder that are missing, out of date or not ours."""
    files = build_template(assignment, root, prove=prove)
    return _differing(template_folder(assignment, root), files)


def _differing(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    present = {path.name for path in folder.glob("*") if path.is_file()}
    wrong = [name for name in files if name in present and not _is_same(folder / name, files[name])]
    return sorted({*wrong, *(files.keys() ^ present)})


def _is_same(path: Path, data: bytes) -> bool:
    """Whether the content is the same except for line ends, which git may change."""
    return path.read_bytes().replace(b"\r\n", b"\n") == data


def stubs(assignment: Assignment) -> dict[str, bytes]:
    """The submitted files of the parts that are given, without their solutions."""
    sources = {name: _source(assignment, name) for name in assignment.submit}
    given = given_sources(sources, assignment.parts_off)
    stubs = {name: strip_solutions(text, name) for name, text in given.items()}
    gone = names_left_out(sources, assignment.parts_off)
    for name, text in stubs.items():
        for node in ast.walk(parse(text)):
            if isinstance(node, ast.Name) and node.id in gone:
                raise ReleaseError(
                    f"{name}: {node.id} is of a part that course.toml switches off, but what is"
                    " given to students uses it: give that part, or switch off what needs it"
                )
    return {name: text.encode() for name, text in stubs.items()}


def _source(assignment: Assignment, name: str) -> str:
    private = assignment.private
    if private is None or not (private / name).is_file():
        raise ReleaseError(
            f"reference/{assignment.id}/{name} is missing: the template is made of it"
        )
    if not name.endswith(".py"):
        raise ReleaseError(f"{name}: a template can be made of Python files only")
    text = (private / name).read_text(encoding="utf-8")
    if not solution_regions(text, name):
        raise ReleaseError(
            f"reference/{assignment.id}/{name} has no `### BEGIN SOLUTION`: all of it would be"
            " handed out"
        )
    return text


def _is_fresh(recorded: Path, records: Records) -> bool:
    """Whether the committed answers can be read, and are the same within the tolerance."""
    try:
        return not stale_records(read_records(recorded), records)
    except GraderError:  # missing or broken
        return False
