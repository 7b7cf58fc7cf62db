"""Functions of a check that the student's code may call, each with a budget of calls.

`remote` registers them when it sends a call and answers the callbacks; the worker gets handles.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from autograder.model.outcome import Message
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.wire.codec import (
    MAX_ASKED_BYTES,
    Buffer,
    Encoder,
    ProtocolError,
    Tree,
    Unsendable,
)
from autograder.wire.decode import Decoder
from autograder.wire.messages import Callback, CallbackResult, pack

DEFAULT_CALLS = 10_000
# what numpy and torch raise for arguments that do not fit; a NameError is the check's own mistake
OF_ARGUMENTS = (
    *(TypeError, ValueError, LookupError, AttributeError, ArithmeticError),
    *(RuntimeError, MemoryError),
)


class LimitedCallable:
    """A function with a budget of calls of its own."""

    def __init__(
        self,
        function: Callable[..., Any],
        at_most: int = DEFAULT_CALLS,
        most_bytes: int = MAX_ASKED_BYTES,
    ) -> None:
        """`most_bytes`: of the arrays that one call may pass."""
        self.function, self.at_most, self.most_bytes = function, at_most, most_bytes
        self.made = 0  # calls so far, counted out of a submission's reach
        self.__name__ = getattr(function, "__name__", "the function")

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call the function itself."""
        self.made += 1
        return self.function(*arguments, **keywords)


class Later:
    """What a function returns in place of a value that others have to bring about first."""

    def __init__(self) -> None:
        self.known = False
        self.value: Any = None

    def become(self, value: Any) -> None:
        """From now on it is known."""
        self.known, self.value = True, value


class CallableTable:
    """The handles of one call of a student function."""

    def __init__(self) -> None:
        self._entries: list[LimitedCallable] = []
        self._calls: Counter[int] = Counter()  # by handle

    def register(self, function: Callable[..., Any]) -> Tree:
        """What the worker gets in place of `function`."""
        if not isinstance(function, LimitedCallable):
            function = LimitedCallable(function)
        self._entries.append(function)
        return {"handle": len(self._entries) - 1, "most_bytes": function.most_bytes}

    def forget_calls(self) -> None:
        """Count from zero: a held call runs again."""
        self._calls.clear()

    def frame(self, request: Callback, value: Any) -> list[Buffer]:
        """The frame of what the function that `request` names has returned.

        Raises StudentFault for arguments that make the value too large to be sent, and Unsendable
        for a value that cannot be sent whatever the arguments are.
        """
        encoder = Encoder(self.register)
        try:
            answer = CallbackResult(nonce=request.nonce, value=encoder.encode(value))
            return pack(answer, encoder.buffers)
        except Unsendable as refusal:
            if refusal.by_type:  # a mistake in the check
                raise
            name = self._entries[request.handle].__name__
            what = f"{name} was called with arguments for which it gives {refusal.what}"
            raise StudentFault(Verdict.CRASHED, Message(what)) from None

    def arguments(
        self, request: Callback, buffers: list[Buffer]
    ) -> tuple[list[Any], dict[str, Any]]:
        """What the submission passes, by position and by name."""
        function = self._entry(request.handle)
        if sum(buffer.nbytes for buffer in buffers) > function.most_bytes:
            raise ProtocolError("a callback with more bytes than our own code would send")
        arguments, keywords = Decoder(buffers).decode_all(request.arguments, request.keywords)
        return arguments, keywords

    def call(self, handle: int, arguments: list[Any], keywords: dict[str, Any]) -> Any:
        """Call the function of `handle`.

        Raises StudentFault when its budget is used up, or for arguments it cannot use: they
        come from the student's code, so an exception here is the student's as well.
        """
        function = self._entry(handle)
        self._calls[handle] += 1
        if self._calls[handle] > function.at_most:
            what = f"{function.__name__} was called more than {function.at_most} times"
            raise StudentFault(Verdict.OVER_OPERATION_BUDGET, Message(what))
        try:
            return function(*arguments, **keywords)
        except OF_ARGUMENTS as error:
            given = ", ".join([_kind(a) for a in arguments] + [f"{k}=..." for k in keywords])
            what = f"{function.__name__}({given}) cannot be computed: {error}"
            raise StudentFault(Verdict.CRASHED, Message(what)) from error

    def _entry(self, handle: int) -> LimitedCallable:
        if not 0 <= handle < len(self._entries):
            raise ProtocolError(f"no callable {handle}")
        return self._entries[handle]


def _kind(value: Any) -> str:
    shape = getattr(value, "shape", None)
    name = type(value).__name__
    return f"{name} of shape {shape}" if shape is not None else name
