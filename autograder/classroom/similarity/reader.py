"""Reads submissions by a process that may take only so much time and memory, and starts another
one where a submission ends it."""

import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import IO

import msgspec

from autograder.classroom.similarity import reading
from autograder.classroom.similarity.reading import AskedToRead, CodeReading

_SECONDS = 10  # of CPU for one submission; ours take 0.1
_PATIENCE_S = 60.0 * _SECONDS  # on the wall, where the machine is busy with other things


class Reader:
    """A context: `read` submissions within it."""

    def __init__(self, seconds: int = _SECONDS, patience_s: float = _PATIENCE_S) -> None:
        self._seconds, self._patience_s = seconds, patience_s
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *error: object) -> None:
        self._end()

    def read(self, files: Mapping[str, bytes], as_text: bool = False) -> CodeReading:
        """The reading of a submission; of one that ends each process it is empty.

        `as_text`: as if it could not be parsed.
        """
        first = self._ask(AskedToRead(dict(files), as_text))
        if isinstance(first, CodeReading):
            return first
        problem = f"it cannot be parsed: {first}"
        second = self._ask(AskedToRead(dict(files), as_text=True))
        if isinstance(second, CodeReading):
            return msgspec.structs.replace(second, problem=problem)
        return CodeReading(problem=f"{problem}; nor read as text, so it is compared with none")

    def _ask(self, asked: AskedToRead) -> CodeReading | str:
        """The answer, or why there is none."""
        process = self._process or self._start()
        assert process.stdin
        try:
            process.stdin.write(msgspec.json.encode(asked) + b"\n")
            process.stdin.flush()
            answer = self._answers.get(timeout=self._patience_s)
        except queue.Empty:
            self._end()
            return f"that takes over {self._patience_s:g} s"
        except BrokenPipeError:
            answer = b""
        if answer:
            return msgspec.json.decode(answer, type=CodeReading)
        return self._cause(self._end())

    def _start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-I", "-B", "-m", reading.__name__, str(self._seconds)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
        )
        self._answers = queue.SimpleQueue()
        # a thread, because a pipe has no deadline of its own
        arguments = (self._process.stdout, self._answers)
        threading.Thread(target=_pass_on, args=arguments, daemon=True).start()
        return self._process

    def _end(self) -> int:
        """Its exit status, by which it has ended itself or been ended."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()
        with suppress(BrokenPipeError), process:  # closes the pipes, and waits
            pass
        return process.returncode

    def _cause(self, status: int) -> str:
        if -status == getattr(signal, "SIGXCPU", None):
            return f"that takes over {self._seconds} s of CPU time"
        by = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        return f"Python itself ends at it ({by})"


def _pass_on(stream: IO[bytes], answers: "queue.SimpleQueue[bytes]") -> None:
    """Each line, and at the end an empty one."""
    for line in stream:
        answers.put(line)
    answers.put(b"")
