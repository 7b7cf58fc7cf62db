"""The file of known mistakes: the trace that each leaves in each check that it fails.

`release` writes it; the diagnosis reads it when a check finds a submission wrong.
"""

from pathlib import Path

import msgspec

from autograder.grading.declaring.proving_programs import programs_of
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError
from autograder.model.outcome import Fingerprint
from autograder.model.verdict import Verdict

MISTAKES_FILE = "recognised_mistakes.json"


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """The answers by which one mistake is recognised in one check."""

    mistake: str  # "the monitor starts counting again in every epoch"
    calls: int
    deciding: dict[str, Fingerprint]  # answers that are not right, and that must all be the same
    beside: dict[
        str, Fingerprint
    ] = {}  # other answers that are not right; more that are the same decide between traces


class KnownMistakes(msgspec.Struct, frozen=True, kw_only=True):
    """The content of the file."""

    made_of: str = ""  # hash of what the traces depend on
    traces: dict[str, list[Trace]] = {}  # by check


def mistakes_file(assignment: Assignment, root: Path) -> Path:
    """Where the file is: in a zip beside the checks, in the checkout with the template."""
    in_zip = assignment.folder / MISTAKES_FILE
    return in_zip if in_zip.exists() else root / "student_templates" / assignment.id / MISTAKES_FILE


def read_mistakes(path: Path) -> KnownMistakes:
    """Read the file; without a file, no mistake is known. Raises GraderError when it is broken."""
    if not path.exists():
        return KnownMistakes()
    try:
        return msgspec.json.decode(path.read_bytes(), type=KnownMistakes)
    except msgspec.DecodeError as error:
        raise GraderError(f"{path} is broken ({error}): unpack the student zip again") from None


def show_mistakes(mistakes: KnownMistakes) -> str:
    """The text of the file, one line a trace."""
    rows = [f'{{"made_of": "{mistakes.made_of}", "traces": {{']
    checks = sorted(mistakes.traces.items())
    for number, (check, traces) in enumerate(checks):
        rows.append(f'"{check}": [')
        rows.append(",\n".join(msgspec.json.encode(trace).decode() for trace in traces))
        rows.append("]" + "," * (number < len(checks) - 1))
    return "\n".join([*rows, "}}"]) + "\n"


def recognisable(assignment: Assignment, root: Path) -> dict[str, list[str]]:
    """The mistakes that each check can recognise, for staff also those of hidden checks."""
    traces = read_mistakes(mistakes_file(assignment, root)).traces
    found = {check: [trace.mistake for trace in kept] for check, kept in traces.items()}
    programs = programs_of(assignment).usable if assignment.private else []
    for program in programs:
        if program.verdict is Verdict.WRONG and not program.not_recognised:
            for check in program.caught_by:
                found[check] = list(dict.fromkeys([*found.get(check, []), program.mistake]))
    return found
