"""The worker's main loop: import the submission, then answer calls until the channel closes.

Both launchers run it in each worker. It shares the process with the submission and is therefore
not trusted: it only sends values, and the grader decides whether they are right.
"""

import faulthandler
import functools
import importlib
import inspect
import itertools
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import numpy as np

from autograder.machine.files import import_file
from autograder.wire.channel import BlockingChannel, Closed
from autograder.wire.codec import Buffer, Encoder, Unsendable
from autograder.wire.decode import Decoder
from autograder.wire.messages import (
    Begin,
    Call,
    Callback,
    CallbackResult,
    Fetch,
    Import,
    Inspect,
    Missing,
    Ready,
    Refused,
    Return,
    Run,
    ToWorker,
    WireMessage,
    pack,
    unpack_for_worker,
)
from autograder.worker.bytecode import compile_files
from autograder.worker.lockdown import lock_down
from autograder.worker.originals import Name, Originals
from autograder.worker.student_module import (
    call_observed,
    code_of_observer,
    describe_exception,
    import_programs,
    prepare_observer,
    public_callables,
)

# that most budgets use: imported once
_OBSERVERS = tuple(
    f"autograder.worker.observers.{name}"
    for name in ("allocations", "array_flops", "high_water", "rank", "steps")
)
_SERVING = ("_handle", "_call", "_work", "_find", "_encoded", "_stand_in", "_receive", "_packed")
_Outgoing = tuple[WireMessage, list[memoryview]]  # and its buffers


def take_originals() -> Originals:
    """The names that our code uses in a worker, before any submission is there."""
    for name in _OBSERVERS:
        importlib.import_module(name)
    originals = Originals()
    methods = originals.used_by(getattr(Worker, name) for name in _SERVING)
    originals.serving = methods | {(Worker, name) for name in _SERVING}
    return originals


def serve(read_fd: int, write_fd: int, originals: Originals) -> None:
    """Serve one submission over these pipes; returns when the grader closes them."""
    channel = BlockingChannel(read_fd, write_fd)
    with suppress(Closed, BrokenPipeError):  # the grader needs it no longer
        Worker(channel, originals).run()


class Worker:
    """State of one worker: the imported modules and the call that is held for timing."""

    def __init__(self, channel: BlockingChannel, originals: Originals) -> None:
        self._channel = channel
        self._originals = originals
        self._used: set[Name] = set()  # by the call, beyond what serves every call
        self._folder, self._module = Path(), ""
        self._nonce = 0  # of the call being served
        self._student: ModuleType | None = None
        self._programs: dict[str, Callable[..., Any]] = {}
        self._held: Callable[[], tuple[Any, dict[str, float]]] | None = None
        self._result: Any = None
        self._lent: list[Any] = []  # arrays of the last call that must be as they were

    def run(self) -> None:
        """Lock down, then import and serve."""
        while True:
            reply = self.reply_to(*self._receive())
            with self._channel.lock:
                self._channel.send(reply)

    def reply_to(self, message: ToWorker, buffers: Any) -> list[Buffer]:
        """The frame that answers a message, whatever the submission does meanwhile."""
        if isinstance(message, Begin):
            return self._packed(self._prepare(message), [])
        self._nonce = message.nonce
        try:
            reply, out = self._handle(message, buffers)
        except BaseException as error:  # process boundary: student code may raise anything
            importing = isinstance(message, Import)
            if isinstance(error, (Closed, BrokenPipeError)) and not importing:
                raise  # the grader hung up during a callback
            reply = describe_exception(error, self._folder, self._nonce, importing=importing)
            out = []
        return self._packed(reply, out)

    def _prepare(self, begin: Begin) -> WireMessage:
        """Everything that our own code does before the submission is imported and can interfere."""
        self._folder, self._module = Path(begin.folder), begin.module
        self._nonce = begin.nonce
        os.chdir(self._folder)
        sys.path.append(begin.folder)  # last: numpy.py of a submission must not win
        _dump_stacks_on_request()
        step = "the lockdown"
        try:
            lock_down(begin.confinement)
            if begin.compiles:
                ours = compile_files(self._folder.parent)
                self._held = lambda: ([ours, compile_files(self._folder)], {})
            step = "programs.py"
            if begin.programs:
                self._programs = import_programs(Path(begin.programs))
                self._originals.add()
        except Exception as error:  # our own code failed, which the grader must report
            raised = describe_exception(error, self._folder, self._nonce, importing=True)
            return msgspec.structs.replace(raised, ours=step)
        return Ready(nonce=begin.nonce, programs=tuple(self._programs))

    def _handle(self, message: ToWorker, buffers: Any) -> _Outgoing:
        if isinstance(message, Import):
            path = self._folder / self._module
            ours = itertools.chain(self._programs.values(), *map(code_of_observer, _OBSERVERS))
            used = self._originals.used_by(ours)
            self._student = import_file(path, path.stem)
            self._originals.look(used)
            return Ready(nonce=self._nonce), []
        if isinstance(message, Call):
            return self._call(message, buffers)
        if isinstance(message, Run) and self._held:
            self._result, observed = self._held()
            return Return(nonce=self._nonce, observed=observed), []
        if isinstance(message, Fetch):
            return self._encoded(self._result, {})
        if isinstance(message, Inspect):
            places = zip(self._lent, message.places, strict=True)
            return self._encoded([array.flat[np.array(which, int)] for array, which in places], {})
        raise RuntimeError(f"unexpected {type(message).__name__}")

    def _call(self, call: Call, buffers: Any) -> _Outgoing:
        self._lent = []
        self._held = self._result = None  # what one call left is not kept during the next
        function = self._find(call)
        if function is None:
            found = public_callables(self._student) if self._student else ()
            return Missing(nonce=call.nonce, name=call.function, found=found), []
        ours = [self._programs[call.function]] if call.program else []
        self._used = self._originals.used_by([*ours, *code_of_observer(call.observer)])
        decoder = Decoder(buffers, callables=self._stand_in, lend=call.lend)
        self._lent = decoder.lent
        arguments, keywords = decoder.decode(call.arguments), decoder.decode(call.keywords)
        work = functools.partial(self._work, call, function, arguments, keywords)
        if call.hold:
            prepare_observer(call.observer)
            self._held = work
            return Return(nonce=call.nonce), []
        return self._encoded(*work())

    def _work(
        self, call: Call, function: Callable[..., Any], arguments: Any, keywords: Any
    ) -> tuple[Any, dict[str, float]]:
        """The value of a call, and what its observer counts."""
        try:
            return call_observed(call.observer, function, arguments, keywords, self._folder)
        except TypeError:
            if not call.program:  # checked afterwards, for it costs more than a whole call
                _require_signature(call.function, function, arguments, keywords)
            raise

    def _find(self, call: Call) -> Callable[..., Any] | None:
        if call.program:
            program = self._programs.get(call.function)
            return functools.partial(program, self._student) if program else None
        function = getattr(self._student, call.function, None)
        return function if callable(function) else None

    def _encoded(self, value: Any, observed: dict[str, float]) -> _Outgoing:
        encoder = Encoder()
        try:
            tree = encoder.encode(value)
        except Unsendable as refusal:
            return Refused(
                nonce=self._nonce, what=refusal.what[:500], where=refusal.where[:200]
            ), []
        replaced = self._originals.replaced(self._used)
        sent = Return(nonce=self._nonce, value=tree, observed=observed, replaced=replaced)
        return sent, encoder.buffers

    def _stand_in(self, handle: int, most_bytes: int) -> Callable[..., Any]:
        """A function that calls its original in the grader."""
        nonce = self._nonce

        def call_grader(*arguments: Any, **keywords: Any) -> Any:
            encoder = Encoder(most_bytes=most_bytes)
            try:
                trees = encoder.encode(list(arguments)), encoder.encode(keywords)
            except Unsendable as refusal:
                where = f" ({refusal.where})" if refusal.where else ""
                raise TypeError(f"called with {refusal.what}{where}") from None
            request = Callback(nonce=nonce, handle=handle, arguments=trees[0], keywords=trees[1])
            with self._channel.lock:
                self._channel.send(pack(request, encoder.buffers))
                answer, buffers = self._receive()
            assert isinstance(answer, CallbackResult)
            return Decoder(buffers, callables=self._stand_in).decode(answer.value)

        return call_grader

    def _receive(self) -> tuple[ToWorker, Any]:
        return unpack_for_worker(*self._channel.receive())

    def _packed(self, message: WireMessage, buffers: list[Buffer]) -> list[Buffer]:
        try:
            return pack(message, buffers)
        except Unsendable as refusal:
            return pack(Refused(nonce=message.nonce, what=refusal.what))


def _require_signature(
    name: str, function: Callable[..., Any], arguments: list[Any], keywords: dict[str, Any]
) -> None:
    """Raises TypeError in the handout's terms when the parameters differ."""
    try:
        signature = inspect.signature(function)
    except (ValueError, TypeError):
        return  # a built-in: the call itself will raise
    try:
        signature.bind(*arguments, **keywords)
    except TypeError as error:
        raise TypeError(
            f"{name}{signature} cannot be called with the arguments of the handout: {error}"
        ) from None


def _dump_stacks_on_request() -> None:
    """On SIGUSR1, which the grader sends to a worker that hangs, write all stacks to stderr."""
    if hasattr(signal, "SIGUSR1") and threading.current_thread() is threading.main_thread():
        faulthandler.register(signal.SIGUSR1, file=2, all_threads=True)


def reopen_standard_streams() -> None:
    """In a worker: text streams over descriptors 0 to 2 that accept any string."""
    sys.stdin = open(0, closefd=False)
    sys.stdout = open(1, "w", buffering=1, errors="backslashreplace", closefd=False)
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)
