"""The process that measures, as the lab (`run.py`) sees it: started, asked, ended."""

import os
import queue
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO

import msgspec

from autograder.lab import messages
from autograder.machine.process_tree import kill_tree
from autograder.machine.threads import THREAD_VARIABLES
from autograder.model.errors import GraderError, SubmissionError, UsageError

_TAIL = 2000  # bytes of what it printed last


class MeasuringProcess:
    """One process at a time, in `folder`; `close` ends it with everything it started."""

    def __init__(self, folder: Path, prepare: messages.Prepare) -> None:
        """Raises SubmissionError when the submission cannot be imported."""
        self._folder, self._prepare = folder, prepare
        self._start()
        try:
            self.prepared = self._exchange_first()
        except BaseException:  # also an interrupt: no process may be left behind
            self.close()
            raise

    def ask(self, request: messages.ToMeasure) -> messages.ToLab:
        """The reply; Failed if the process has died, and the next request starts another one.

        Raises UsageError when what was requested does not exist, GraderError when experiments.py
        is broken.
        """
        if self._process.poll() is not None:
            self.close()
            self._start()
            self._exchange_first()
        return self._exchange(request)

    def close(self) -> None:
        """Kill it with everything it started."""
        kill_tree(self._process.pid)
        with self._process:  # closes its pipes
            self._process.wait()
        self._printed.close()

    def _start(self) -> None:
        self._printed: IO[bytes] = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-m", "autograder.lab.measuring.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._printed,
            cwd=self._folder,
            env={**os.environ, **dict.fromkeys(THREAD_VARIABLES, "1")},  # before numpy is there
            start_new_session=True,  # Ctrl-C is the lab's: it ends this process as a whole
        )
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True).start()

    def _exchange_first(self) -> messages.Prepared:
        reply = self._exchange(self._prepare)
        if isinstance(reply, messages.Failed):
            raise SubmissionError(f"nothing can be measured: {reply}")
        assert isinstance(reply, messages.Prepared)
        return reply

    def _exchange(self, request: messages.ToMeasure) -> messages.ToLab:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(msgspec.json.encode(request) + b"\n")
            self._process.stdin.flush()
        except OSError:  # it has died already: the reply says so
            pass
        line = self._next_line()
        reply = msgspec.json.decode(line, type=messages.ToLab) if line else self._died()
        if isinstance(reply, messages.Broken):
            raise (UsageError if reply.usage else GraderError)(reply.what)
        return reply

    def _next_line(self) -> bytes:
        while True:  # with a timeout, so that Windows handles Ctrl-C in between
            try:
                return self._lines.get(timeout=0.2)
            except queue.Empty:
                continue

    def _died(self) -> messages.Failed:
        status = self._process.wait()
        how = f"was killed by signal {-status}" if status < 0 else f"exited with status {status}"
        printed = self._printed.seek(0, os.SEEK_END)
        self._printed.seek(max(printed - _TAIL, 0))
        last = self._printed.read().decode("utf-8", "replace").strip()
        return messages.Failed(what=f"the process {how}\n{last}".strip())

    def _read(self, replies: IO[bytes]) -> None:
        for line in replies:
            self._lines.put(line)
        self._lines.put(b"")
