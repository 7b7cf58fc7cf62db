"""Copy one submission, and report what is wrong with it: nothing of it ends the intake of others.

Only the files that the assignment names are copied: grading the copy is grading the original.
"""

import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

from autograder.classroom.submissions import ClassSubmission
from autograder.classroom.taking_in.found import Found
from autograder.machine.files import remove_folder
from autograder.model.assignment import Assignment
from autograder.model.errors import SubmissionError
from autograder.render.disclosure import one_line
from autograder.submission.intake import Submission


def copy_into(copies: Path, found: Found, assignment: Assignment) -> ClassSubmission:
    """Copy the submission into `copies/<id>`, replacing an earlier copy.

    A submission without a file to grade has a `problem`; so has one that could do harm.
    """
    folder = copies / found.id
    remove_folder(folder)
    submission, problem = _read(found, assignment)
    if submission.files:
        _write(submission, folder)
    return ClassSubmission(
        id=found.id,
        members=found.members,
        created_at=found.created_at,
        folder=folder if submission.files else None,
        problem=problem,
        notes=(*found.notes, *_notes(submission)),
        ignored=submission.ignored,
        earlier=found.earlier,
    )


def _read(found: Found, assignment: Assignment) -> tuple[Submission, str]:
    nothing = Submission(module=assignment.module, files={})
    try:
        submission = found.read(assignment)
    except SubmissionError as error:
        return nothing, one_line(str(error))
    except OSError as error:
        return nothing, one_line(f"cannot be read: {error.strerror or error}")
    except Exception as error:  # whatever one student handed in, the others are graded
        return nothing, one_line(f"cannot be read: {type(error).__name__}: {error}")
    message = submission.problem
    return submission, one_line("; ".join(message.lines())) if message else ""


def _write(submission: Submission, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    for name, data in submission.files.items():
        path = folder / name
        path.touch(mode=0o600)
        path.write_bytes(data)


def _notes(submission: Submission) -> Iterator[str]:
    for name, data in submission.files.items():
        if name.endswith(".py") and (why := _undecodable(data)):
            yield one_line(f"{name} is not text that Python reads: {why}")
    if submission.ignored:
        yield one_line(f"not taken: {', '.join(submission.ignored)}")


def _undecodable(source: bytes) -> str:
    """Why Python does not read it as text; empty: as far as is known, it does.

    Text in another encoding than UTF-8 is not decoded: some codecs take hours.
    """
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
        if encoding in ("utf-8", "utf-8-sig"):
            source.decode(encoding)
    except (SyntaxError, UnicodeDecodeError) as error:
        return str(error)
    return ""
