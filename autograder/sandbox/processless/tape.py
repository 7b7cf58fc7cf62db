"""What one run of a check exchanges with its workers, recorded, and played again without them.

The proof of answers records a check once, and plays it hundreds of times with altered values.
"""

import copy
from bisect import insort
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, NamedTuple

from autograder.sandbox.conversation import RoundTrip, known
from autograder.sandbox.processless.processless import ProcesslessWorker
from autograder.sandbox.remote import RemoteWorker
from autograder.sandbox.time_limits import Countdown, TimeLimit
from autograder.wire.codec import Encoder
from autograder.wire.messages import Begin, Call, Callback, Inspect, Ready, ToGrader, WireMessage


class Asked(NamedTuple):
    """A call, by the submission, of a function of the check."""

    handle: int
    arguments: list[Any]
    keywords: dict[str, Any]


class Exchanged(NamedTuple):
    """A message to a worker, what the submission asked meanwhile, and the reply with its value."""

    worker: int
    message: type[WireMessage]
    function: str  # the student's function; empty before the first call
    observer: str  # that was around the call
    asked: list[Asked]
    reply: ToGrader
    value: Any


Tape = list[Exchanged]
Alter = Callable[[int, int, Any], Any]  # (exchange, number of what was asked or -1, value)


class Diverged(Exception):
    """A check that is played again makes another call than when it was recorded."""


class RecordingWorker(RemoteWorker):
    """A worker whose exchanges are appended to a tape."""

    def __init__(self, tape: Tape, *arguments: Any, **keywords: Any) -> None:
        self._tape, self._asked = tape, list[Asked]()
        self._number = len({exchange.worker for exchange in tape})
        self._function = self._observer = ""
        super().__init__(*arguments, **keywords)

    def _round_trip(
        self,
        message: WireMessage,
        buffers: Sequence[memoryview],
        countdown: Countdown,
        patient: bool,
    ) -> RoundTrip:
        self._asked, place = [], len(self._tape)
        if isinstance(message, Call):
            self._function, self._observer = message.function, message.observer
        reply, value = yield from super()._round_trip(message, buffers, countdown, patient)
        if isinstance(message, Inspect):
            return reply, value
        kept = copy.deepcopy(value)  # the check may change its own
        made = self._number, type(message), self._function, self._observer, self._asked
        # workers that run side by side end in any order
        insort(self._tape, Exchanged(*made, reply, kept), lo=place, key=lambda each: each.worker)
        return reply, value

    def _note(self, request: Callback, arguments: list[Any], keywords: dict[str, Any]) -> None:
        self._asked.append(Asked(request.handle, copy.deepcopy(arguments), copy.deepcopy(keywords)))


class PlayedWorker(ProcesslessWorker):
    """It replies as one of the tape did, with values as `alter` returns them."""

    def __init__(self, tape: Tape, number: int, alter: Alter, module: str) -> None:
        super().__init__(module, {})
        self._left = [(i, exchange) for i, exchange in enumerate(tape) if exchange.worker == number]
        self._alter = alter
        ready = self._next(Begin)[1].reply
        self._known_programs = frozenset(ready.programs if isinstance(ready, Ready) else ())
        self._left = self._left[1:]  # the import

    def _round_trip(
        self,
        message: WireMessage,
        buffers: Sequence[memoryview],
        countdown: Countdown,
        patient: bool,
    ) -> RoundTrip:
        place, exchange = self._next(type(message))
        if isinstance(message, Call) and message.function != exchange.function:
            raise Diverged(f"{message.function}, not {exchange.function}")
        for number, asked in enumerate(exchange.asked):
            arguments, keywords = self._alter(place, number, [asked.arguments, asked.keywords])
            answer = self._callables.call(asked.handle, arguments, keywords)
            value = yield from known(answer, self._watch.look)
            Encoder(self._callables.register).encode(value)  # functions in it get their handles
        return exchange.reply, self._alter(place, -1, exchange.value)

    def _next(self, message: type[WireMessage]) -> tuple[int, Exchanged]:
        if not self._left or self._left[0][1].message is not message:
            raise Diverged(message.__name__)
        return self._left.pop(0)

    def require_unchanged(self, rng: Random, limit: TimeLimit) -> None:
        """It changes nothing."""
