"""The messages between grader and worker, and the frames that carry them.

`remote` sends and receives them for the grader, `serve` for the worker. A frame is a fixed prefix
(two lengths), a JSON header, and the raw buffers one after another, each padded to 16 bytes so that
arrays over them are aligned.
"""

import struct
from collections.abc import Sequence
from typing import Any

import msgspec

from autograder.model.outcome import StudentLine
from autograder.wire.codec import (
    MAX_BYTES,
    MAX_ITEMS,
    Buffer,
    ProtocolError,
    Tree,
    Unsendable,
)
from autograder.wire.confinement import Confinement

PREFIX = struct.Struct("!IQ")
MAX_HEADER = 8 * 2**20  # bytes: room for MAX_ITEMS numbers with all their digits
_ALIGN = 16
_MAX_MARKS = 4 * MAX_ITEMS  # an empty dict takes 3 bytes here, and 64 once it is read


class WireMessage(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Base of all messages; `buffers` are the lengths of the raw buffers behind the header."""

    nonce: int  # of the call this belongs to
    buffers: tuple[int, ...] = ()


# towards the worker


class Begin(WireMessage, frozen=True, kw_only=True, tag="begin"):
    """First message: how to lock itself down, and which files to import thereafter."""

    folder: str  # private to the worker; its working directory
    module: str  # file name of the submission's module inside `folder`
    programs: str = ""  # path of the assignment's programs.py
    confinement: Confinement = Confinement()  # to apply before the import
    compiles: bool = False  # the first call of Run and Fetch is for the bytecode of all files


class Import(WireMessage, frozen=True, kw_only=True, tag="import"):
    """Second message, once the worker is locked down: import the submission."""


class Call(WireMessage, frozen=True, kw_only=True, tag="call"):
    """Call a function of the submission, or a program with the submission's module."""

    function: str
    arguments: Tree
    keywords: Tree
    program: bool = False
    observer: str = ""  # module of ours whose `observe` wraps the call
    hold: bool = False  # keep the decoded arguments for a later Run
    lend: bool = False  # read-only arrays may be written to, and an Inspect follows


class Run(WireMessage, frozen=True, kw_only=True, tag="run"):
    """Run the held call and keep its value; answered by a Return without it."""


class Fetch(WireMessage, frozen=True, kw_only=True, tag="fetch"):
    """Send the value of the last Run."""


class Inspect(WireMessage, frozen=True, kw_only=True, tag="inspect"):
    """Send entries of the arrays that were lent with the last Call, as they are now."""

    places: tuple[tuple[int, ...], ...]  # for each array, in the order of a C array


class CallbackResult(WireMessage, frozen=True, kw_only=True, tag="answer"):
    """What a callable of the grader returned."""

    value: Tree


# towards the grader


class Ready(WireMessage, frozen=True, kw_only=True, tag="ready"):
    """What was asked is done: locked down, or the submission imported."""

    programs: tuple[str, ...] = ()  # what programs.py defines, sent before the submission runs


class Return(WireMessage, frozen=True, kw_only=True, tag="return"):
    """A value; `observed` is what an observer counted (forgeable: never stands alone)."""

    value: Tree = None
    observed: dict[str, float] = {}
    replaced: tuple[str, ...] = ()  # names that our code used in the call, and that are not ours


class Raised(WireMessage, frozen=True, kw_only=True, tag="raised"):
    """The student's code raised; `traceback` lists the lines of its own files, without text."""

    type: str
    text: str
    traceback: tuple[StudentLine, ...] = ()
    importing: bool = False
    ours: str = ""  # the part of our own code that raised, instead of the submission


class Missing(WireMessage, frozen=True, kw_only=True, tag="missing"):
    """The submission has no such function; `found` are the names it does define."""

    name: str
    found: tuple[str, ...] = ()


class Refused(WireMessage, frozen=True, kw_only=True, tag="refused"):
    """The value cannot be sent."""

    what: str
    where: str = ""


class Callback(WireMessage, frozen=True, kw_only=True, tag="callback"):
    """The student's code calls a function of the grader."""

    handle: int
    arguments: Tree
    keywords: Tree


ToWorker = Begin | Import | Call | Run | Fetch | Inspect | CallbackResult
ToGrader = Ready | Return | Raised | Missing | Refused | Callback

_encode = msgspec.json.Encoder().encode
_decode_to_worker: Any = msgspec.json.Decoder(ToWorker).decode
_decode_to_grader: Any = msgspec.json.Decoder(ToGrader).decode


def pack(message: WireMessage, buffers: Sequence[Buffer] = ()) -> list[Buffer]:
    """The byte strings to write, in order. Raises Unsendable for a header beyond the cap."""
    sized = msgspec.structs.replace(message, buffers=tuple(b.nbytes for b in buffers))
    header = _encode(sized)
    if len(header) > MAX_HEADER:
        raise Unsendable(f"{len(header) / 1e6:.0f} MB of text and numbers (use an array)")
    payload = sum(b.nbytes + _padding(b.nbytes) for b in buffers)
    out = [memoryview(PREFIX.pack(len(header), payload) + header)]
    for buffer in buffers:
        out.append(buffer)
        if _padding(buffer.nbytes):
            out.append(memoryview(bytes(_padding(buffer.nbytes))))
    return out


def lengths(prefix: bytes | bytearray) -> tuple[int, int]:
    """Header and payload length. Raises ProtocolError beyond the caps."""
    header, payload = PREFIX.unpack(prefix)
    if header > MAX_HEADER or payload > MAX_BYTES + _ALIGN * MAX_ITEMS:
        raise ProtocolError(f"a frame of {header} + {payload} bytes")
    return header, payload


def unpack_for_grader(header: bytes, payload: bytearray) -> tuple[ToGrader, list[Buffer]]:
    """A message from the worker and its buffers. Raises ProtocolError for anything else."""
    message: ToGrader = _parse(_decode_to_grader, header)
    return message, _split(message, payload)


def unpack_for_worker(header: bytes, payload: bytearray) -> tuple[ToWorker, list[Buffer]]:
    """A message from the grader and its buffers."""
    message: ToWorker = _parse(_decode_to_worker, header)
    return message, _split(message, payload)


def require_due(reply: ToGrader, message: WireMessage) -> None:
    """Raises ProtocolError for a reply that our own code would never send to this message."""
    imports = isinstance(message, (Begin, Import))
    due = (Ready, Raised) if imports else (Return, Raised, Refused, Missing)
    known = (
        isinstance(message, Call) and message.program
    )  # the grader calls only programs that exist
    if not isinstance(reply, due) or (known and isinstance(reply, Missing)):
        raise ProtocolError(f"{type(reply).__name__} in reply to {type(message).__name__}")


def _parse(decode: Any, header: bytes) -> Any:
    if sum(map(header.count, (b"{", b"[", b":"))) > _MAX_MARKS:
        raise ProtocolError("a header of more lists and dicts than our own code would send")
    try:
        return decode(header)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise ProtocolError(f"malformed header: {error!s:.200}") from None


def _padding(size: int) -> int:
    return -size % _ALIGN


def _split(message: WireMessage, payload: bytearray) -> list[Buffer]:
    view, start, buffers = memoryview(payload), 0, []
    if len(message.buffers) > MAX_ITEMS:
        raise ProtocolError("more buffers than items")
    for size in message.buffers:
        if size < 0 or start + size > len(view):
            raise ProtocolError("buffers and payload do not match")
        buffers.append(view[start : start + size])
        start += size + _padding(size)
    if start != len(view):
        raise ProtocolError("buffers and payload do not match")
    return buffers
