"""Grade in a fresh process: for whoever grades more than one submission.

`python -m autograder.grading.running.subprocess_grading RESULT` reads a request from stdin and
writes the report to the file RESULT; `--serve` is for a grading server.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import msgspec

from autograder.grading.context.request import GradingRequest
from autograder.grading.running.grading_server import GradingServers, serve
from autograder.grading.running.session import grade
from autograder.machine.process_tree import kill_tree
from autograder.model.errors import AutograderError, GraderError
from autograder.model.report import Report

SERVERS: ContextVar[GradingServers | None] = ContextVar("SERVERS", default=None)


def grade_in_subprocess(
    request: GradingRequest, timeout_s: float, environment: Mapping[str, str] | None = None
) -> Report:
    """Grade `request` in a process of its own, whose environment has these in addition.

    Raises GraderError when that does not give a report within `timeout_s`.
    """
    servers = SERVERS.get()
    if servers and request.threads == 1:  # of BLAS, which a server has imported already
        reply = servers.of(environment or {}).grade(_encode(request), timeout_s)
        return msgspec.json.decode(reply, type=Report)
    return _in_an_interpreter(request, timeout_s, environment or {})


@contextmanager
def grading_servers() -> Iterator[GradingServers | None]:
    """Servers for `grade_in_subprocess`, where SERVERS is set to them; none where none can fork."""
    if sys.platform != "linux":
        yield None
        return
    with GradingServers(__name__) as servers:
        yield servers


def _in_an_interpreter(
    request: GradingRequest, timeout_s: float, environment: Mapping[str, str]
) -> Report:
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        result = Path(folder) / "report.json"
        command = [sys.executable, "-I", "-B", "-m", __name__, str(result)]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **environment},
        )
        try:
            _, errors = process.communicate(_encode(request), timeout=timeout_s)
        except subprocess.TimeoutExpired:
            raise GraderError(f"grading {request.submission} took over {timeout_s:g} s") from None
        finally:
            if process.poll() is None:  # also on Ctrl-C
                kill_tree(process.pid)
                with process:  # closes its pipes
                    process.wait()
        if not result.exists():
            reason = errors.decode("utf-8", "replace").strip()[-2000:]
            raise GraderError(f"grading {request.submission} gave no report: {reason}")
        return msgspec.json.decode(result.read_bytes(), type=Report)


def main(result: Path) -> int:
    """Grade the request on stdin; a message on stderr and status 2 if that is impossible."""
    try:
        report = grade(_decode(sys.stdin.buffer.read()))
    except AutograderError as error:
        print(error, file=sys.stderr)
        return 2
    result.write_bytes(_encode(report))
    return report.exit_status


def _encode(value: Any) -> bytes:
    return msgspec.json.encode(value, enc_hook=str)


def _decode(request: bytes) -> GradingRequest:
    return msgspec.json.decode(request, type=GradingRequest, dec_hook=_path)


def _path(kind: type, value: Any) -> Any:
    if not issubclass(kind, Path):
        raise NotImplementedError(f"{kind.__name__} in a request")
    return Path(value)


if __name__ == "__main__":
    if sys.argv[1] == "--serve":
        serve(int(sys.argv[2]), lambda request: _encode(grade(_decode(request))))
    else:
        sys.exit(main(Path(sys.argv[1])))
