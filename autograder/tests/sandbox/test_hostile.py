"""A worker that sends what our own code never would."""

import pytest

from autograder.model.verdict import Verdict
from autograder.sandbox.worker_process import Launcher
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
    from autograder.sandbox.serve import Worker
    return next(o for o in gc.get_objects() if isinstance(o, Worker))._nonce
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_bad_frames_are_the_submissions(fork: Launcher, name: str) -> None:
    """Bytes that a submission writes to its descriptors end the check as CRASHED, never as ours."""
    found = fault_of(fork, f"{_SEND}\ndef f():\n    {HOSTILE[name]}\n    time.sleep(0.2)\n")
    assert found.verdict is Verdict.CRASHED
    assert "f()" in found.message.what


def test_a_forged_value_is_only_a_value(fork: Launcher) -> None:
    """A hostile worker that knows the nonce can send another value, and nothing else."""
    source = f"{_SEND}\ndef f():\n    send({{'kind': 'return', 'nonce': nonce(), 'value': 7}})\n"
    with worker(fork, source + "    time.sleep(9)\n") as remote:
        assert call(remote, "f") == 7


def test_what_the_worker_says_is_cut(fork: Launcher) -> None:
    """A hostile worker cannot fill the report: texts and frames are capped by the grader."""
    source = (
        f"{_SEND}\ndef f():\n    send({{'kind': 'raised', 'nonce': nonce(), 'type': 'E' * 10**6,"
    )
    source += " 'text': 'x' * 10**6, 'frames': [frame] * 100})\n"
    found = fault_of(fork, source + "    time.sleep(9)\n")
    assert len(found.message.what) < 5000
    assert 0 < len(found.frames) <= 20
    assert len(found.frames[0].function) <= 200


def test_strange_exceptions_are_reported(fork: Launcher) -> None:
    """An exception whose text cannot be made, or has no end, is CRASHED with its type."""
    source = (
        "class Odd(Exception):\n    def __str__(self):\n        raise SystemExit\n"
        "def f(kind):\n    raise Odd if kind else ValueError('x\\ud800' * 10**6)\n"
    )
    with worker(fork, source) as remote:
        assert "Odd" in fault(lambda: call(remote, "f", 1)).message.what
        assert len(fault(lambda: call(remote, "f", 0)).message.what) < 3000
