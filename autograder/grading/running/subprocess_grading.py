"""Grade in a fresh process, or several at a time: for all that grades more than one submission.

`python -m autograder.grading.running.subprocess_grading RESULT` reads a request from stdin and
writes the report to the file RESULT; `--serve` is for a grading server.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import msgspec
import psutil

from autograder.grading.context.request import GradingRequest
from autograder.grading.running.grading_server import GradingServers, fork_gradings
from autograder.grading.running.session import grade
from autograder.machine.process_tree import kill_tree
from autograder.model.assignment import Assignment
from autograder.model.errors import AutograderError, GraderError
from autograder.model.report import Report

SERVERS: ContextVar[GradingServers | None] = ContextVar("SERVERS", default=None)
_THREADS = "verify-grading"


def grade_in_subprocess(
    request: GradingRequest, timeout_s: float, environment: Mapping[str, str] | None = None
) -> Report:
    """Grade `request` in a process of its own, whose environment has these in addition.

    Raises GraderError when there is no report within `timeout_s`.
    """
    servers = SERVERS.get()
    if servers and request.threads == 1:  # of BLAS, which a server has imported already
        reply = servers.of(environment or {}).grade(_encode(request), timeout_s)
        return msgspec.json.decode(reply, type=Report)
    return _in_an_interpreter(request, timeout_s, environment or {})


def grade_files(
    files: Mapping[str, bytes],
    assignment: Assignment,
    root: Path,
    environment: Mapping[str, str] | None = None,
    **asked: Any,
) -> Report:
    """Grade these files as a submission; `asked` are the other fields of the request.

    Raises GraderError as `grade_in_subprocess` does.
    """
    with tempfile.TemporaryDirectory(prefix="submission-") as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        request = GradingRequest(
            root=root.resolve(), assignment=assignment.id, submission=Path(folder), **asked
        )
        return grade_in_subprocess(request, 2 * assignment.limits.run_s, environment)


def grading_servers() -> AbstractContextManager[GradingServers | None]:
    """Servers for `grade_in_subprocess`, where SERVERS is set to them; none where none can fork."""
    return GradingServers(__name__) if sys.platform == "linux" else nullcontext()


@contextmanager
def grading_pool(jobs: int) -> Iterator[ThreadPoolExecutor]:
    """`jobs` gradings at a time; after Ctrl-C they are ended, not waited for."""
    with grading_servers() as servers:
        pool = ThreadPoolExecutor(
            jobs, thread_name_prefix=_THREADS, initializer=SERVERS.set, initargs=(servers,)
        )
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            _end_gradings()
            raise
        pool.shutdown()


def _end_gradings() -> None:
    """Until no thread is left: one may have been about to start its grading."""
    while any(thread.name.startswith(_THREADS) for thread in threading.enumerate()):
        for child in psutil.Process().children():
            kill_tree(child.pid)
        time.sleep(0.02)


def _in_an_interpreter(
    request: GradingRequest, timeout_s: float, environment: Mapping[str, str]
) -> Report:
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        result = Path(folder) / "report.json"
        command = [sys.executable, "-I", "-B", "-m", __name__, str(result)]
        environment = {**os.environ, **environment}
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stderr=pipe, env=environment) as process:
            try:
                _, errors = process.communicate(_encode(request), timeout=timeout_s)
            except subprocess.TimeoutExpired:
                message = f"grading {request.submission} took over {timeout_s:g} s"
                raise GraderError(message) from None
            finally:
                if process.poll() is None:  # also on Ctrl-C
                    kill_tree(process.pid)
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
        fork_gradings(int(sys.argv[2]), lambda request: _encode(grade(_decode(request))))
    else:
        sys.exit(main(Path(sys.argv[1])))
