"""Workers that send bytes which our own code would never send."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.model.errors import GraderError
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.launcher import Launcher
from autograder.tests.sandbox.launchers import call, worker
from autograder.tests.sandbox.test_remote import fault, fault_of

HOSTILE = {
    "garbage": "os.write(4, os.urandom(100))",
    "text": "os.write(4, b'hello')\n    os.close(4)\n    time.sleep(0.1)",
    "wrong nonce": "send({'kind': 'return', 'nonce': 1, 'buffers': [], 'value': 7})",
    "unknown kind": "send({'kind': 'passed', 'nonce': 1})",
    "bad callback": "send({'kind': 'callback', 'nonce': nonce(), 'handle': 9,"
    " 'arguments': [], 'keywords': {'$': 'dict', 'items': []}})",
    "bad tree": "send({'kind': 'return', 'nonce': nonce(), 'value': {'$': []}})",
    "a function": "send({'kind': 'return', 'nonce': nonce(), 'value': {'$': 'callable'}})",
}


_SEND = """
import gc, json, os, struct, sys, time
def send(header):
    text = json.dumps(header).encode()
    os.write(4, struct.pack('!IQ', len(text), 0) + text)
def nonce():
    from autograder.worker.serve import Worker
    return next(o for o in gc.get_objects() if isinstance(o, Worker))._nonce
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_bad_frames_are_the_submissions(fork: Launcher, name: str) -> None:
    """Bytes that a submission writes to its descriptors are CRASHED, never a GRADER_ERROR."""
    found = fault_of(fork, f"{_SEND}\ndef f():\n    {HOSTILE[name]}\n    time.sleep(0.2)\n")
    assert found.verdict is Verdict.CRASHED
    assert "f()" in found.message.what


def test_a_forged_value_is_only_a_value(fork: Launcher) -> None:
    """A hostile worker that knows the nonce can send another value, and nothing else."""
    source = f"{_SEND}\ndef f():\n    send({{'kind': 'return', 'nonce': nonce(), 'value': 7}})\n"
    with worker(fork, source + "    time.sleep(9)\n") as remote:
        assert call(remote, "f") == 7


def test_what_the_worker_says_is_cut(fork: Launcher) -> None:
    """A hostile worker cannot fill the report: texts and tracebacks are capped by the grader."""
    source = (
        f"{_SEND}\nline = {{'file': 'x' * 999, 'line': 1, 'function': 'x' * 999}}\n"
        "def f():\n    send({'kind': 'raised', 'nonce': nonce(), 'type': 'E' * 10**6,"
        " 'text': 'x' * 10**6, 'traceback': [line] * 100})\n    time.sleep(9)\n"
    )
    found = fault_of(fork, source)
    assert found.message.what.startswith(f"f() raised {'E' * 200}: {'x' * 1000}")
    assert len(found.message.what) < 5000
    assert 0 < len(found.traceback) <= 20
    assert len(found.traceback[0].function) <= 200


def test_strange_exceptions_are_reported(fork: Launcher) -> None:
    """An exception whose text raises, or is huge, is CRASHED with its type."""
    source = (
        "class Odd(Exception):\n    def __str__(self):\n        raise SystemExit\n"
        "def f(kind):\n    raise Odd if kind else ValueError('x\\ud800' * 10**6)\n"
    )
    with worker(fork, source) as remote:
        assert "Odd" in fault(lambda: call(remote, "f", 1)).message.what
        assert len(fault(lambda: call(remote, "f", 0)).message.what) < 3000


FORGED = {
    "missing": "send({'kind': 'missing', 'nonce': nonce(), 'name': 'peek'})",
    "ready": "send({'kind': 'ready', 'nonce': nonce()})",
    "ours": "send({'kind': 'raised', 'nonce': nonce(), 'type': 'E', 'text': '', 'ours': 'us'})",
    "answer": "send({'kind': 'answer', 'nonce': nonce(), 'value': 1})",
    "huge line": "send({'kind': 'raised', 'nonce': nonce(), 'type': 'E', 'text': '',"
    " 'traceback': [{'file': 'work.py', 'line': -2**62, 'function': ''}]})",
}
PEEK = "def peek(student):\n    return student.f()\n"


@pytest.mark.parametrize("name", FORGED)
def test_forged_replies_to_a_program_are_the_submissions(
    fork: Launcher, name: str, tmp_path: Path
) -> None:
    """A forged frame in place of a program's value is CRASHED, never a GRADER_ERROR."""
    (tmp_path / "programs.py").write_text(PEEK)
    source = f"{_SEND}\ndef f():\n    {FORGED[name]}\n    time.sleep(9)\n"
    with worker(fork, source, programs=tmp_path / "programs.py") as remote:
        found = fault(lambda: call(remote, "peek", program=True))
    assert found.verdict is Verdict.CRASHED


@pytest.mark.parametrize("kind", ["missing", "return", "refused", "callback"])
def test_forged_replies_to_the_import_are_the_submissions(fork: Launcher, kind: str) -> None:
    """A frame that our own code would never send in reply to an import is CRASHED."""
    more = "'name': 'f', 'what': '', 'handle': 0, 'arguments': [], 'keywords': {}"
    source = f"{_SEND}\nsend({{'kind': '{kind}', 'nonce': nonce(), {more}}})\ntime.sleep(9)\n"
    with pytest.raises(StudentFault) as caught, worker(fork, source):
        pass
    assert caught.value.verdict is Verdict.CRASHED


def test_a_program_that_is_not_there_is_ours(fork: Launcher, tmp_path: Path) -> None:
    """The names are sent before the submission runs, so it cannot make a program disappear."""
    (tmp_path / "programs.py").write_text(PEEK)
    source = "def f():\n    return 1\n"
    with worker(fork, source, programs=tmp_path / "programs.py") as remote:
        assert call(remote, "peek", program=True) == 1
        with pytest.raises(GraderError, match=r"programs.py has no program peak"):
            call(remote, "peak", program=True)


ANSWERS = {
    "too many bytes": "np.zeros(2**20, dtype=np.int8)",
    "no numbers": "[2**100]",
    "too long an int": "2**4000",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_arguments_whose_answer_cannot_be_sent_are_the_submissions(
    fork: Launcher, name: str
) -> None:
    """Arguments that make a check's function return too much are the submission's fault."""

    def square(w: Any) -> Any:
        return w * w if isinstance(w, int) else np.outer(range(8), w) + 0j

    source = f"import numpy as np\ndef f(g):\n    return g({ANSWERS[name]})\n"
    with worker(fork, source) as remote:
        found = fault(lambda: call(remote, "f", square))
    assert found.verdict is Verdict.CRASHED
    assert "was called with arguments for which it gives" in found.message.what
