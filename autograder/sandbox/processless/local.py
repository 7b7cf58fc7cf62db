"""A worker in the grader's own process, so that `breakpoint()` and prints reach the terminal.

For `check --debug`. It is the worker of `worker/serve.py`, called where others get a message; what
crosses is in the same frames, so that the submission gets copies as always. There is no isolation
and no limit. Ranks of a cluster run in threads, everything else in the thread that calls.
"""

import os
import queue
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from autograder.machine.files import remove_folder
from autograder.sandbox.conversation import RoundTrip, finished, value_in
from autograder.sandbox.import_cost import ImportCost
from autograder.sandbox.processless.processless import ProcesslessWorker
from autograder.sandbox.scratch import SUBMISSION, lay_out
from autograder.sandbox.time_limits import Countdown
from autograder.submission.intake import Submission
from autograder.wire.channel import BlockingChannel, Closed, Frame, ThreadChannel, frame_of
from autograder.wire.codec import Buffer
from autograder.wire.confinement import Confinement
from autograder.wire.messages import (
    Callback,
    Raised,
    WireMessage,
    pack,
    unpack_for_grader,
    unpack_for_worker,
)
from autograder.worker.originals import Originals
from autograder.worker.serve import Worker

_QUIT = ("BdbQuit", "KeyboardInterrupt")  # `q` of the debugger, and Ctrl-C
_IMPORT_S = 1e9

Ask = Callable[[Frame], Frame]  # what the submission asks of a function of the check


class LocalWorker(ProcesslessWorker):
    """One that has imported a copy of the submission into this process."""

    def __init__(
        self, submission: Submission, programs: Path | None, originals: Originals, home: Path
    ) -> None:
        """`home`: the working directory between calls."""
        super().__init__(submission.module, submission.files)
        self.channel, self._home = _Nowhere(), home
        with ExitStack() as belongings:  # undone in reverse, also when a step below fails
            scratch = Path(tempfile.mkdtemp(prefix="debug-")).resolve()
            belongings.callback(remove_folder, scratch)
            self._folder = scratch / SUBMISSION
            belongings.callback(_forget, str(self._folder))
            copy = lay_out(scratch, submission, programs, {})
            for name in submission.files:  # of a worker before
                sys.modules.pop(name.removesuffix(".py"), None)
            self._inward = _Inward()
            self._worker = Worker(self._inward, originals)
            self._known_programs = self._begin(Confinement(), copy, _IMPORT_S, None)
            self.imported = ImportCost(0, 0.0)
            self._belongings = belongings.pop_all()

    def _round_trip(
        self,
        message: WireMessage,
        buffers: Sequence[memoryview],
        countdown: Countdown,
        patient: bool,
    ) -> RoundTrip:
        given = frame_of(pack(message, buffers))
        if patient:
            frame = self._here(given, countdown)
        else:
            frame = yield from self._beside(given, countdown)
        reply, raw = unpack_for_grader(*frame)
        if isinstance(reply, Raised) and reply.type in _QUIT:
            raise KeyboardInterrupt
        return reply, value_in(reply, raw)

    def _here(self, given: Frame, countdown: Countdown) -> Frame:
        """The reply, from this thread."""
        problems: list[BaseException] = []

        def ask(asked: Frame) -> Frame:
            try:
                return finished(self._answered(asked, countdown))
            except BaseException as problem:
                problems.append(problem)  # the submission may catch it
                raise

        self._inward.ask = ask
        os.chdir(self._folder)
        try:
            frame = self._reply_to(given)
        finally:
            os.chdir(self._home)
        if problems:
            raise problems[0]
        return frame

    def _beside(self, given: Frame, countdown: Countdown) -> Generator[None, None, Frame]:
        """The same from a thread of its own; it yields while that goes on."""
        told: queue.SimpleQueue[tuple[bool, Frame]] = queue.SimpleQueue()  # whether it is the reply
        answers: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()

        def ask(asked: Frame) -> Frame:
            told.put((False, asked))
            answer = answers.get()
            if answer is None:
                raise Closed("no answer comes any more")
            return answer

        def work() -> None:
            with suppress(Closed):
                told.put((True, self._reply_to(given)))

        self._inward.ask = ask
        threading.Thread(target=work, daemon=True).start()
        try:
            while True:
                try:
                    is_reply, frame = told.get_nowait()
                except queue.Empty:
                    yield
                    continue
                if is_reply:
                    return frame
                answers.put((yield from self._answered(frame, countdown)))
        finally:
            answers.put(None)

    def _reply_to(self, given: Frame) -> Frame:
        return frame_of(self._worker.reply_to(*unpack_for_worker(*given)))

    def _answered(self, asked: Frame, countdown: Countdown) -> Generator[None, None, Frame]:
        request, raw = unpack_for_grader(*asked)
        assert isinstance(request, Callback)
        return frame_of((yield from self._answer(request, raw, countdown)))


class _Inward(BlockingChannel):
    """The worker's end of a channel that leads nowhere else: what is asked is answered at once."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.ask: Ask
        self._answer: Frame

    def send(self, parts: Sequence[Buffer]) -> None:
        """Ask the grader."""
        self._answer = self.ask(frame_of(parts))

    def receive(self) -> Frame:
        """What it has answered."""
        return self._answer


class _Nowhere(ThreadChannel):
    """The grader's end, which is not used."""

    def __init__(self) -> None: ...


def _forget(folder: str) -> None:
    """Import nothing more from a worker's folder."""
    sys.path[:] = [entry for entry in sys.path if entry != folder]
