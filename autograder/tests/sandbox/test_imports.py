"""The import: files that fail are reported with the reason; unusual but valid ones pass."""

from typing import Any

import pytest

from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.launcher import Launcher
from autograder.submission.intake import Submission
from autograder.tests.sandbox.launchers import call, worker

BAD: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "syntax error": (b"x = 1\ndef f(:\n", ("importing the file raised SyntaxError",)),
    "indentation": (b"def f():\nreturn 1\n", ("IndentationError: expected an indented block",)),
    "no such library": (
        b"import tensorflow_of_old\n",
        ("ModuleNotFoundError", "only the libraries named in the handout"),
    ),
    "crash": (b"y = 1 / 0\n", ("ZeroDivisionError", "code at module level runs on import")),
    "exit": (b"raise SystemExit(0)\n", ("SystemExit", "remove exit()")),
    "input": (b"n = input()\n", ("EOFError", "input() cannot be used")),
    "own process": (b"import os\nos._exit(0)\n", ("importing work.py ended its own process",)),
    "not UTF-8": (b"x = 1\nname = 'caf\xe9'\n", ("SyntaxError", "utf-8")),
    "UTF-16": ("def f():\n    return 1\n".encode("utf-16"), ("importing the file raised",)),
    "null bytes": (b"x = 1\0\n", ("null bytes",)),
    "stub at import": (b"raise NotImplementedError\n", ("importing the file raised NotImpl",)),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_imported_says_why(fork: Launcher, name: str) -> None:
    """Each is CRASHED, with Python's message and what to do."""
    data, expected = BAD[name]
    with pytest.raises(StudentFault) as caught:
        worker(fork, data).__enter__()
    assert caught.value.verdict is Verdict.CRASHED
    for text in expected:
        assert text in "\n".join(caught.value.message.lines())


ODD = {
    "BOM": b"\xef\xbb\xbfdef f():\n    return 1\n",
    "CRLF": b"def f():\r\n    return 1\r\n",
    "old Mac": b"def f():\r    return 1\r",
    "no line end": b"def f():\n    return 1",
    "latin-1, declared": b"# coding: latin-1\n# \xe9\ndef f():\n    return 1\n",
    "own name": b"import work\ndef f():\n    return work.g()\ndef g():\n    return 1\n",
    "class": b"class Make:\n    def __call__(self):\n        return 1\nf = Make()\n",
    "lambda": b"f = lambda: 1\n",
    "dataclass": b"from dataclasses import dataclass\n@dataclass\nclass A:\n    a: int\n"
    b"def f():\n    return A(1).a\n",
    "annotations": b"from __future__ import annotations\ndef f() -> Nothing:\n    return 1\n",
    "main": b"def f():\n    return 1\nif __name__ == '__main__':\n    while True:\n        pass\n",
    "warning": b"import warnings\nwarnings.warn('old')\ndef f():\n    return 1\n",
}


@pytest.mark.parametrize("name", ODD)
def test_what_python_accepts_is_accepted(fork: Launcher, name: str) -> None:
    """Line ends, encodings and unusual ways to define a function do not matter."""
    with worker(fork, ODD[name]) as remote:
        assert call(remote, "f") == 1


LINES: dict[str, tuple[bytes, int, str]] = {
    "after a form feed": (b"x = 1\n\x0c\ny = 2\ndef f(:\n    pass\n", 4, "def f(:"),
    "first line, BOM, CRLF": (b"\xef\xbb\xbfx = 1 / 0\r\n", 1, "x = 1 / 0"),
    "in a helper": (b"def g():\n    return {}['a']\n\ng()\n", 2, "return {}['a']"),
}


@pytest.mark.parametrize("name", LINES)
def test_the_line_of_an_import_error_is_told(fork: Launcher, name: str) -> None:
    """Number and text of the student's innermost line are right, whatever the line ends are."""
    data, number, text = LINES[name]
    with pytest.raises(StudentFault) as caught:
        worker(fork, data).__enter__()
    found: Any = Submission(module="work.py", files={"work.py": data}).line(
        caught.value.traceback[-1]
    )
    assert (found.file, found.line, found.text) == ("work.py", number, text)
