"""What runs in the process that reads submissions, under limits: a source can be hostile.

`python -m autograder.classroom.similarity.reading SECONDS` answers each line of stdin, an
`AskedToRead`, by a line with a `CodeReading`, and takes at most SECONDS of CPU for it. Nothing of a
submission is run.
"""

import math
import re
import signal
import sys
import time
from collections.abc import Iterator

import msgspec
from copydetect.utils import filter_code

from autograder.classroom.similarity.normal_form import NormalLine, normal_form

if sys.platform != "win32":  # there, only the patience of `Reader` limits it
    import resource

MEMORY = 2**30  # bytes of address space, of which the libraries take a fifth
LONGEST_SOURCE = 200_000  # bytes of a file that are looked at; ours have 15 000
LONGEST_TEXT = 50_000  # characters that are compared; ours have 6000
_CANNOT_BE_PARSED = (SyntaxError, ValueError, RecursionError, MemoryError)


class AskedToRead(msgspec.Struct, frozen=True):
    """The files of a submission; `as_text`: they have ended a process that parsed them."""

    files: dict[str, bytes]
    as_text: bool = False


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """So many characters of a reading, and the lines of a file that they stand for, from 1 on."""

    length: int
    file: str
    first: int
    last: int


class CodeReading(msgspec.Struct, frozen=True):
    """What is compared of a submission: its code without names, strings and white space."""

    text: str = ""
    pieces: tuple[Piece, ...] = ()
    problem: str = ""  # why it was read as text, or not at all; it may quote the submission


def read(asked: AskedToRead) -> CodeReading:
    """The reading; code that cannot be parsed is taken as text, line by line."""
    problems: list[str] = []
    pieces, texts, left = [], [], LONGEST_TEXT
    for name, line in _lines(asked, problems):
        text = filter_code(line.text, name, "python")[0][:left]
        left -= len(text)
        if text:
            texts.append(text)
            pieces.append(Piece(len(text), name, line.first, line.last))
        if not left:
            problems.append(f"only its first {LONGEST_TEXT} characters of code are compared")
            break
    return CodeReading("".join(texts), tuple(pieces), "; ".join(problems))


def _lines(asked: AskedToRead, problems: list[str]) -> Iterator[tuple[str, NormalLine]]:
    for name, source in asked.files.items():
        lines = None
        if len(source) > LONGEST_SOURCE:
            problems.append(f"{name} has {len(source)} bytes, of which {LONGEST_SOURCE} are read")
        elif not asked.as_text:
            try:
                lines = normal_form(source)
            except _CANNOT_BE_PARSED as error:
                problems.append(f"{name} cannot be parsed: {_in_words(error)}")
        for line in _as_text(source) if lines is None else lines:
            yield name, line


def _as_text(source: bytes) -> Iterator[NormalLine]:
    text = source[:LONGEST_SOURCE].decode("utf-8", "replace")
    for number, line in enumerate(source_lines(text), start=1):
        yield NormalLine(line, number, number)


def source_lines(text: str) -> list[str]:
    """The lines as Python counts them: `splitlines` knows more ends."""
    return re.split(r"\r\n|\r|\n", text)


def _in_words(error: BaseException) -> str:
    match error:
        case SyntaxError(lineno=int(number)):
            return f"{error.msg}, line {number}"
        case RecursionError():
            return "it is nested too deeply"
        case MemoryError():
            return "it is nested too deeply, or takes too much memory"
    return str(error)


def _limit_all() -> None:
    """Memory, once; what a process holds that dies by a limit is not written to disk."""
    if sys.platform != "win32":
        for kind, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
            _limit(kind, value)


def _limit_next(seconds: int) -> None:
    """CPU time, from now on."""
    if sys.platform != "win32":
        _limit(resource.RLIMIT_CPU, math.ceil(time.process_time()) + seconds)


def _limit(kind: int, value: int) -> None:
    if sys.platform != "win32":
        _, hard = resource.getrlimit(kind)
        soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (soft, hard))


def main(seconds: int) -> None:
    """Answer until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on Ctrl-C the process that asks ends this one
    _limit_all()
    for line in sys.stdin.buffer:
        _limit_next(seconds)
        reading = read(msgspec.json.decode(line, type=AskedToRead))
        sys.stdout.buffer.write(msgspec.json.encode(reading) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
