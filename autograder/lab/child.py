"""The measuring process as the lab sees it."""

import os
import queue
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO

import msgspec

from autograder.lab.messages import Broken, Failed, ToLab, ToMeasure
from autograder.machine.process_tree import kill_tree
from autograder.machine.threads import THREAD_VARIABLES
from autograder.model.errors import GraderError, UsageError

_TAIL = 2000  # bytes of what it printed last


class Child:
    """One process, which `close` ends with everything it started."""

    def __init__(self, folder: Path) -> None:
        self._printed: IO[bytes] = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-m", "autograder.lab.measuring.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._printed,
            cwd=folder,
            env={**os.environ, **dict.fromkeys(THREAD_VARIABLES, "1")},  # before numpy is there
            start_new_session=True,  # Ctrl-C is the lab's: it ends this process as a whole
        )
        self._replies: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def ask(self, message: ToMeasure) -> ToLab:
        """The reply; Failed if the process has died of it.

        Raises UsageError when what it asks for does not exist, GraderError when experiments.py is
        broken.
        """
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(msgspec.json.encode(message) + b"\n")
            self._process.stdin.flush()
        except OSError:  # it is dead already: the reply says so
            pass
        reply = self._reply()
        if isinstance(reply, Broken):
            raise (UsageError if reply.usage else GraderError)(reply.what)
        return reply

    @property
    def alive(self) -> bool:
        """Whether it can be asked again."""
        return self._process.poll() is None

    def close(self) -> None:
        """Kill it with everything it started."""
        kill_tree(self._process.pid)
        with self._process:  # closes its pipes
            self._process.wait()
        self._printed.close()

    def _reply(self) -> ToLab:
        while True:
            try:
                line = self._replies.get(timeout=0.2)  # in turns: Windows hears Ctrl-C in between
            except queue.Empty:
                continue
            return msgspec.json.decode(line, type=ToLab) if line else self._died()

    def _died(self) -> Failed:
        status = self._process.wait()
        how = f"was killed by signal {-status}" if status < 0 else f"exited with status {status}"
        printed = self._printed.seek(0, os.SEEK_END)
        self._printed.seek(max(printed - _TAIL, 0))
        last = self._printed.read().decode("utf-8", "replace").strip()
        return Failed(what=f"the process {how}\n{last}".strip())

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._replies.put(line)
        self._replies.put(b"")
