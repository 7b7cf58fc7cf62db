"""The import: files that fail are reported with the reason; unusual but valid ones pass."""

from typing import Any

import pytest

from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.launcher import Launcher
from autograder.submission.intake import Submission
from autograder.tests.sandbox.launchers import Launchers, call, worker
from autograder.worker.imports import permitted_modules

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


HERE_ONLY = ("psutil", "rich.table", "pytest", "jinja2", "matplotlib.pyplot", "IPython", "coverage")


@pytest.mark.parametrize("launcher", ["fork", "spawn"])
@pytest.mark.parametrize("name", HERE_ONLY)
def test_a_library_that_only_this_machine_has_is_not_there(
    launchers: Launchers, launcher: str, name: str
) -> None:
    """Python's own error and the hint, as on the server, where it is not installed."""
    root = name.partition(".")[0]
    with pytest.raises(StudentFault) as caught:
        worker(launchers[launcher], f"import {name}\n".encode()).__enter__()
    message = caught.value.message
    raised = f"importing the file raised ModuleNotFoundError: No module named {root!r}"
    assert message.what == raised
    assert message.hint.startswith("only the libraries named in the handout are installed")


@pytest.mark.parametrize("launcher", ["fork", "spawn"])
def test_every_way_to_import_finds_the_same(launchers: Launchers, launcher: str) -> None:
    """Within a function, by name, by a search; what is excused by `except` does no harm; the
    standard library, numpy with its parts and the submitted file itself are there."""
    source = b"""
import importlib, importlib.metadata, importlib.util, sqlite3, sysconfig, xml.dom.minidom
import numpy.polynomial, numpy.testing
import work
try:
    from tqdm import tqdm
except ImportError:
    tqdm = list
def late():
    import psutil
def by_name():
    importlib.import_module("rich.console")
def found():
    plain = [importlib.util.find_spec(name) is None for name in ("rich", "numpy", "work")]
    return [*plain, importlib.metadata.version("numpy") == numpy.__version__, tqdm is list]
"""
    with worker(launchers[launcher], source) as remote:
        assert call(remote, "found") == [True, False, False, True, True]
        for name, missing in {"late": "psutil", "by_name": "rich"}.items():
            with pytest.raises(StudentFault, match=f"No module named '{missing}'") as caught:
                call(remote, name)
            assert "only the libraries named in the handout" in caught.value.message.hint


def test_what_a_library_needs_is_permitted() -> None:
    """With the needs of its needs, by the names of their modules; libraries of others are not."""
    named = permitted_modules(["jinja2"])
    assert {"jinja2", "markupsafe", "json"} <= named
    assert not {"numpy", "rich", "pytest"} & named
    assert "yaml" in permitted_modules(["yaml"])  # PyYAML: the package has another name
