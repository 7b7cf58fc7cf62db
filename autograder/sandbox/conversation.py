"""One message to a worker and its reply, and what the worker asks in between.

`RemoteWorker` is a conversation with a process, `tape` has others. It can go on in steps, so that
the grader talks to several workers at once.
"""

from collections.abc import Callable, Generator, Sequence
from typing import Any, TypeVar

from autograder.sandbox.callables import CallableTable, Later
from autograder.sandbox.time_limits import Countdown
from autograder.sandbox.watch import Watch
from autograder.wire.channel import Channel, DeadlinePassed
from autograder.wire.codec import ProtocolError
from autograder.wire.decode import Decoder
from autograder.wire.messages import (
    Callback,
    Ready,
    Return,
    ToGrader,
    WireMessage,
    pack,
    require_due,
    unpack_for_grader,
)

_T = TypeVar("_T")
# they yield while they wait
Steps = Generator[None, None, tuple[Any, dict[str, float]]]  # a value, and what was observed
RoundTrip = Generator[None, None, tuple[ToGrader, Any]]


class Conversation:
    """The grader's side of a channel."""

    channel: Channel
    _watch: Watch
    _callables: CallableTable  # of the present call

    def _round_trip(
        self,
        message: WireMessage,
        buffers: Sequence[memoryview],
        countdown: Countdown,
        patient: bool,
    ) -> RoundTrip:
        """Send, answer callbacks, and return the reply with its decoded value."""
        self.channel.send(pack(message, buffers), countdown.left_s)
        while True:
            while (frame := self.channel.poll()) is None:
                if patient:
                    self.channel.wait(countdown.left_s)
                    continue
                self._watch.look()
                if countdown.left_s(silent=True) <= 0:
                    raise DeadlinePassed
                yield
            reply, raw = unpack_for_grader(*frame)
            if reply.nonce != message.nonce:
                raise ProtocolError("a reply to another call")
            if isinstance(reply, Callback):
                answer = yield from self._answer(reply, raw, countdown)
                if countdown.left_s() <= 0:
                    raise DeadlinePassed
                self.channel.send(answer, countdown.left_s)
                continue
            require_due(reply, message)
            countdown.left_s()
            return reply, value_in(reply, raw)

    def _answer(
        self, request: Callback, raw: list[memoryview], countdown: Countdown
    ) -> Generator[None, None, list[memoryview]]:
        """The frame of what a function of the check returns."""
        with countdown.paused():
            with countdown.answering():
                arguments, keywords = self._callables.arguments(request, raw)
                self._note(request, arguments, keywords)
                value = self._callables.call(request.handle, arguments, keywords)
            value = yield from known(value, self._watch.look)
            with countdown.answering():
                return self._callables.frame(request, value)

    def _note(self, request: Callback, arguments: list[Any], keywords: dict[str, Any]) -> None:
        """What the submission asks; a worker that is recorded keeps it."""


def value_in(reply: ToGrader, buffers: Sequence[memoryview]) -> Any:
    """The value that a reply brings; None where it brings none."""
    if isinstance(reply, Return):
        return Decoder(buffers).decode_all(reply.value)[0]
    return reply.programs if isinstance(reply, Ready) else None


def finished(steps: Generator[None, None, _T]) -> _T:
    """Take all steps, one after the other."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            value: _T = done.value
            return value


def known(value: Any, look: Callable[[], None]) -> Generator[None, None, Any]:
    """The value itself, or what a `Later` has become; it calls `look` while it waits."""
    if not isinstance(value, Later):
        return value
    while not value.known:
        look()
        yield
    return value.value
