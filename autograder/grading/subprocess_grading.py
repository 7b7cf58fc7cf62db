"""Grade in a fresh interpreter: for whoever grades more than one submission.

`python -m autograder.grading.subprocess_grading RESULT` reads a request from stdin and writes the
report to the file RESULT.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from autograder.grading.session import GradingRequest, grade
from autograder.model.errors import AutograderError, GraderError
from autograder.model.report import Report
from autograder.sandbox.process_tree import kill_tree


def grade_in_subprocess(
    request: GradingRequest, timeout_s: float, environment: Mapping[str, str] | None = None
) -> Report:
    """Grade `request` in an interpreter of its own, whose environment has these in addition.

    Raises GraderError when that does not give a report within `timeout_s`.
    """
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        result = Path(folder) / "report.json"
        command = [sys.executable, "-I", "-B", "-m", __name__, str(result)]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
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
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=GradingRequest, dec_hook=_path)
    try:
        report = grade(request)
    except AutograderError as error:
        print(error, file=sys.stderr)
        return 2
    result.write_bytes(_encode(report))
    return report.exit_status


def _encode(value: Any) -> bytes:
    return msgspec.json.encode(value, enc_hook=str)


def _path(kind: type, value: Any) -> Any:
    if not issubclass(kind, Path):
        raise NotImplementedError(f"{kind.__name__} in a request")
    return Path(value)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
