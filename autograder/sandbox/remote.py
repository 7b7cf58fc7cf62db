"""The grader's side of one worker: it sends calls, and returns values or raises StudentFaults.

The runs of checks, the budgets and `autograder doctor` use workers by it.
"""

import os
import secrets
import signal
import tempfile
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from random import Random
from typing import Any

import psutil

from autograder.machine.cpu_clock import cpu_seconds, other_threads_seconds
from autograder.machine.files import remove_folder
from autograder.machine.stopwatch import ProcessStopwatch, Stopwatch
from autograder.model.assignment import Limits
from autograder.model.errors import GraderError, UnusableValue
from autograder.model.outcome import StudentLine
from autograder.sandbox import faults
from autograder.sandbox.callables import CallableTable
from autograder.sandbox.conversation import Conversation, Steps, finished
from autograder.sandbox.import_cost import ImportCost
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.scratch import SUBMISSION, beside_sources, lay_out
from autograder.sandbox.time_limits import Countdown, OurLimit, TimeLimit
from autograder.sandbox.watch import Watch
from autograder.submission.intake import Submission
from autograder.wire.channel import Closed, DeadlinePassed
from autograder.wire.codec import Encoder, ProtocolError, Unsendable
from autograder.wire.confinement import Confinement
from autograder.wire.lent import Lent
from autograder.wire.messages import (
    Begin,
    Call,
    Fetch,
    Import,
    Raised,
    Return,
    Run,
    WireMessage,
)

_START_S = 30.0  # to lock itself down: our code, on a machine that may be busy
_Bytecode = dict[str, bytes] | None
_STACK_WAIT_S = 0.3
_PATIENCE_S = 1.0


class RemoteWorker(Conversation):
    """One worker that has imported the submission."""

    def __init__(
        self,
        launcher: Launcher,
        submission: Submission,
        limits: Limits,
        programs: Path | None,
        *,
        allowed: Collection[str] = (),
        bytecode: _Bytecode = None,
    ) -> None:
        """`allowed`: what it may do beyond computing, of model.check.ISOLATION.

        `bytecode` is empty, and this worker fills it, or it is what an earlier worker of the same
        files has compiled, by path: the grader only passes it on. None: nothing is compiled ahead.
        """
        self._module, self._files = submission.module, submission.files
        self._callables = CallableTable()
        self._held_nonce = 0
        self._final_cpu_s = 0.0
        with ExitStack() as belongings:  # undone in reverse, also when a step below fails
            scratch = Path(tempfile.mkdtemp(prefix="worker-")).resolve()
            belongings.callback(remove_folder, scratch)
            self._folder = scratch / SUBMISSION
            copy = lay_out(scratch, submission, programs, bytecode or {})
            confined = launcher.isolation.confined(scratch, limits, allowed)
            confinement, locks = belongings.enter_context(confined)
            self._process = launcher.start_worker(confinement.uid, locks)
            self.pid = self._process.pid
            self._alive = True
            family = self._process.processes if confinement.processes else None
            self._watch = Watch(self.pid, self._process.output, limits, scratch, family)
            stopwatch = ProcessStopwatch(self.pid, self._watch.children_s)
            belongings.callback(stopwatch.close)
            self.stopwatch: Stopwatch = stopwatch
            belongings.callback(self._process.output.close)
            belongings.callback(self._end)
            self.channel = self._process.open_channel(self._watch.look)
            self._known_programs = self._begin(confinement, copy, limits.import_s, bytecode)
            self._belongings = belongings.pop_all()

    def call(
        self,
        function: str,
        arguments: Sequence[Any],
        keywords: Mapping[str, Any],
        *,
        limit: TimeLimit,
        program: bool = False,
        observer: str = "",
        hold: bool = False,
        lend: bool = False,
    ) -> tuple[Any, dict[str, float]]:
        """Call a student function or a program; returns its value and what was observed.

        Raises StudentFault when the student's code does not return a value that can be sent, and
        GraderError for arguments that cannot be sent.
        """
        self._callables = CallableTable()
        if program and function not in self._known_programs:
            raise GraderError(f"programs.py has no program {function}")
        encoder = Encoder(self._callables.register)
        try:
            trees = encoder.encode(list(arguments)), encoder.encode(dict(keywords))
        except Unsendable as refusal:
            what = f"{function} cannot be given {refusal.what} {refusal.where}"
            raise UnusableValue(what) from None
        message = Call(
            nonce=_nonce(),
            function=function,
            arguments=trees[0],
            keywords=trees[1],
            program=program,
            observer=observer,
            hold=hold,
            lend=lend,
        )
        self._lent = Lent(encoder.read_only if lend else [])
        self._held_nonce = message.nonce
        called = f"the check's program {function}()" if program else f"{function}()"
        return self._exchange(message, encoder.buffers, called, limit)

    def run_held(self, limit: TimeLimit) -> dict[str, float]:
        """Run the call that was sent with `hold`; returns what was observed, and its value stays in
        the worker."""
        self._callables.forget_calls()
        # the nonce is that of the held call: its stand-ins for our functions use it
        return self._exchange(Run(nonce=self._held_nonce), [], self._watch.call, limit)[1]

    def steps_of_held(self, limit: TimeLimit) -> Steps:
        """`run_held` in steps: it yields whenever it waits, for the worker or for a `Later`, so
        that several workers run at once. Closing it ends the worker."""
        self._callables.forget_calls()
        message = Run(nonce=self._held_nonce)
        return self._steps(message, [], self._watch.call, limit, patient=False)

    def fetch(self, limit: TimeLimit) -> Any:
        """The value of the last `run_held`."""
        return self._exchange(Fetch(nonce=_nonce()), [], self._watch.call, limit)[0]

    def require_unchanged(self, rng: Random, limit: TimeLimit) -> None:
        """Of the call before. Raises StudentFault where arguments that were lent are not as they
        were, at places that are chosen now."""
        lent, call = self._lent, self._watch.call
        if lent.arrays:
            found, _ = self._exchange(lent.inspect(_nonce(), rng), [], call, limit)
            changed = lent.changed(found)
            if changed is not None:
                raise faults.from_change(call, lent.which(changed))

    def output(self) -> str:
        """What the worker has printed so far."""
        return self._watch.text()

    def cpu_s(self) -> float:
        """CPU seconds the worker has used."""
        return cpu_seconds(self.pid) if self._alive else self._final_cpu_s

    def other_threads_s(self) -> float:
        """CPU seconds of the threads that the submission or a library has started."""
        return other_threads_seconds(self.pid) if self._alive else 0.0

    def pause(self) -> None:
        """Stop all its threads until `resume`."""
        with suppress(psutil.Error):  # it has died, which the next call reports
            psutil.Process(self.pid).suspend()

    def resume(self) -> None:
        """Let it run again."""
        with suppress(psutil.Error):
            psutil.Process(self.pid).resume()

    def close(self) -> None:
        """End the worker with everything it started, and remove its folder."""
        self._belongings.close()

    def _begin(
        self, confinement: Confinement, programs: str, import_s: float, bytecode: _Bytecode
    ) -> frozenset[str]:
        """Lock the worker down and import the submission; returns the names of the programs."""
        importing = f"importing {self._module}"
        begin = Begin(
            nonce=_nonce(),
            folder=str(self._folder),
            module=self._module,
            programs=programs,
            confinement=confinement,
            compiles=bytecode is not None and not bytecode,
        )
        known, _ = self._exchange(begin, [], "a worker's start", OurLimit(_START_S))
        limit = TimeLimit(import_s)
        if bytecode is not None and begin.compiles:
            self._exchange(Run(nonce=_nonce()), [], importing, limit)
            compiled, _ = self._exchange(Fetch(nonce=_nonce()), [], importing, limit)
            bytecode.update(beside_sources(self._folder.parent, compiled))
        before = ImportCost.so_far(self.pid)
        self._exchange(Import(nonce=_nonce()), [], importing, limit)
        self.imported = ImportCost.so_far(self.pid).since(before)
        return frozenset(known)

    def _exchange(
        self, message: WireMessage, buffers: Sequence[memoryview], call: str, limit: TimeLimit
    ) -> tuple[Any, dict[str, float]]:
        """Send one message and wait for its reply, answering callbacks meanwhile."""
        return finished(self._steps(message, buffers, call, limit, patient=True))

    def _steps(
        self,
        message: WireMessage,
        buffers: Sequence[memoryview],
        call: str,
        limit: TimeLimit,
        *,
        patient: bool,
    ) -> Steps:
        """The same; unless it is `patient` it yields instead of waiting."""
        if not self._alive:
            raise GraderError("a check calls its worker again after a fault had ended it")
        self._watch.call = call
        countdown = Countdown(limit, self.stopwatch)
        try:
            reply, value = yield from self._round_trip(message, buffers, countdown, patient)
            self._watch.look()  # the limits hold however the prints and the reply interleave
        except DeadlinePassed:
            traceback = self._where_it_hangs()
            self._end()
            raise countdown.fault(call, traceback) from None
        except Closed:
            raise faults.from_death(self._end(_PATIENCE_S), call) from None
        except ProtocolError as error:
            self._end()
            raise faults.bad_frame(call, str(error)) from None
        except Unsendable as refusal:
            self._end()
            raise GraderError(f"{call} cannot be given {refusal.what}") from None
        except BaseException:  # a limit, a fault within a callback, Ctrl-C: mid-call, so unusable
            self._end()
            raise
        finally:
            countdown.end()
        if isinstance(message, Begin) and isinstance(reply, Raised) and reply.ours:
            # no student code has run yet; later the submission may speak in the worker's name
            raise GraderError(f"{reply.ours} failed in a worker: {reply.type}: {reply.text}")
        faults.require_none(reply, call, self._module, self._files)
        return value, reply.observed if isinstance(reply, Return) else {}

    def _where_it_hangs(self) -> list[StudentLine]:
        """Ask the worker for its stacks, and read the student's lines from what it prints."""
        if not hasattr(signal, "SIGUSR1"):
            return []
        self._watch.drain()
        with suppress(ProcessLookupError, PermissionError):
            os.kill(self.pid, signal.SIGUSR1)
        waiting = Countdown(TimeLimit(_STACK_WAIT_S), self.stopwatch)
        dumped = self._watch.apart(lambda: waiting.left_s(silent=True) > 0)
        return faults.lines_of_stacks(dumped, str(self._folder))

    def _end(self, patience_s: float = 0.0) -> int | None:
        """Kill it with all that it started; returns its exit code if it had ended by itself."""
        if not self._alive:
            return None
        self._final_cpu_s = cpu_seconds(self.pid)
        self._alive = False
        code = self._process.end(patience_s)
        self._watch.drain()
        self.channel.close()
        return code


def _nonce() -> int:
    return secrets.randbits(48)
