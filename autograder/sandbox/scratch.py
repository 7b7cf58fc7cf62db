"""What lies in a worker's own folder: the submission, copies of the programs, bytecode of both.

`remote` fills the folder before it starts the worker.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.submission.intake import Submission
from autograder.worker.bytecode import cached

SUBMISSION = "submission"  # the folder within, where the worker works


def lay_out(
    scratch: Path, submission: Submission, programs: Path | None, bytecode: Mapping[str, bytes]
) -> str:
    """Fill the folder. Returns the path of programs.py in it; empty: there are none.

    The programs are programs.py and the files beside it that are named programs_*.py. They are
    copied, for the originals are private once privileges are dropped.
    """
    (scratch / SUBMISSION).mkdir()
    submission.write_to(scratch / SUBMISSION)
    for path in (programs, *programs.parent.glob("programs_*.py")) if programs else ():
        (scratch / path.name).write_bytes(path.read_bytes())
    for name, compiled in bytecode.items():
        (scratch / name).parent.mkdir(exist_ok=True)
        (scratch / name).write_bytes(compiled)
    return str(scratch / programs.name) if programs else ""


def beside_sources(scratch: Path, compiled: Sequence[Mapping[str, bytes]]) -> dict[str, bytes]:
    """Bytecode of the programs and of the submission, by the path where Python looks for it.

    Of the files that are there: what else the worker names makes no path.
    """
    return {
        cached(path).relative_to(scratch).as_posix(): files[path.name]
        for folder, files in zip((scratch, scratch / SUBMISSION), compiled, strict=True)
        for path in folder.glob("*.py")
        if path.name in files
    }
