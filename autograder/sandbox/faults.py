"""What can go wrong in a submission: each fault has a verdict and a message that helps.

`remote`, `watch` and `callables` raise them; the judge turns them into outcomes.
"""

import difflib
import re
import signal
from collections.abc import Mapping, Sequence

import msgspec

from autograder.model.outcome import LONGEST_STAFF, Message, StudentLine
from autograder.model.verdict import Verdict
from autograder.wire.messages import Missing, Raised, Refused, Return, ToGrader

CHANGED = "is changed in place"  # said of arguments
READ_ONLY = "the inputs are read-only"
_DUMPED = re.compile(r'File "([^"\n]+)", line (\d{1,9}) in (\S+)')


class StudentFault(Exception):
    """The submission, not the grader, ends the check: `verdict` says how."""

    def __init__(
        self,
        verdict: Verdict,
        message: Message,
        traceback: Sequence[StudentLine] = (),
        staff: str = "",
        raised: str = "",
    ) -> None:
        """`raised` names the exception, where one of the student's code ended a call."""
        super().__init__(verdict.value, message.what)
        self.raised = raised
        self.verdict, self.message = verdict, message.cut()
        self.traceback, self.staff = tuple(traceback), staff[:LONGEST_STAFF]


def require_none(reply: ToGrader, call: str, module: str, files: Mapping[str, bytes]) -> None:
    """Raises the fault that a reply to `call` reports, if any."""
    if isinstance(reply, Raised):
        raise from_exception(reply, call)
    if isinstance(reply, Missing):
        raise from_missing(reply, module)
    if isinstance(reply, Refused):
        raise from_refusal(reply, call)
    if isinstance(reply, Return) and reply.replaced:
        raise from_replaced(reply.replaced[0], files)


def from_exception(reported: Raised, call: str) -> StudentFault:
    """The fault of an exception in the student's code, during `call` or the import."""
    raised = _cut(reported)
    if raised.type == "NotImplementedError" and not raised.importing:
        what = f"{call} is not implemented yet"
        what += f" ({raised.text})" if raised.text else ""
        return StudentFault(Verdict.NOT_IMPLEMENTED, Message(what), raised.traceback)
    verdict = Verdict.MEMORY_LIMIT if _out_of_memory(raised) else Verdict.CRASHED
    text = f"{raised.type}: {raised.text}" if raised.text else raised.type
    what = f"importing the file raised {text}" if raised.importing else f"{call} raised {text}"
    message = Message(what, hint=_hint(raised))
    return StudentFault(
        verdict, message, raised.traceback, raised="" if raised.importing else raised.type
    )


def from_missing(missing: Missing, file: str) -> StudentFault:
    """The fault of a function that is not there."""
    names = [name[:100] for name in missing.found[:100]]
    close = difflib.get_close_matches(missing.name[:100], names, n=1)
    found = f"it defines {close[0]}" if close else f"it defines {', '.join(names[:12])}"
    what = f"{file} has no function {missing.name[:100]}"
    return StudentFault(Verdict.NOT_FOUND, Message(what, found if names else ""))


def from_refusal(refused: Refused, call: str) -> StudentFault:
    """The fault of a value that is no plain value."""
    where = f" (inside its result, at {refused.where[:200]})" if refused.where else ""
    hint = "return plain numbers, lists, tuples, dicts or numpy arrays"
    if "generator" in refused.what:
        hint = "the function uses yield: collect the values in a list and return that"
    message = Message(f"{call} returned {refused.what[:500]}{where}", hint=hint)
    return StudentFault(Verdict.WRONG, message)


def from_replaced(name: str, files: Mapping[str, bytes]) -> StudentFault:
    """The fault of a name that our code in the worker uses, and that is not the original one."""
    name = name[:100]
    attribute = re.escape(name.rpartition(".")[2].encode("ascii", "replace"))
    replacing = re.compile(rb"\.%b\s*=(?!=)|[\"']%b[\"']" % (attribute, attribute))
    found = ((file, replacing.search(source)) for file, source in files.items())
    places = [
        StudentLine(file, 1 + match.string.count(b"\n", 0, match.start()), "")
        for file, match in found
        if match and file.endswith(".py")
    ]
    where = f" in line {places[0].line} of {places[0].file}" if places else ""
    hint = "the check uses it too: change what is yours only, nothing in a library"
    return StudentFault(
        Verdict.WRONG, Message(f"{name} was replaced{where}", hint=hint), places[:1]
    )


def from_change(call: str, which: str) -> StudentFault:
    """The fault of writing to arguments, where that was not stopped at once.

    `which` says which of several arrays; empty where there is one.
    """
    what = f"an array that {call} is given {CHANGED}"
    return StudentFault(Verdict.WRONG, Message(what, which, hint="work on a copy: x = x.copy()"))


def from_death(code: int | None, call: str) -> StudentFault:
    """The fault of a worker that ended by itself; a negative `code` is a signal."""
    if code is not None and code == -getattr(signal, "SIGKILL", 9):
        what = f"the process was killed by the system during {call}"
        return StudentFault(Verdict.MEMORY_LIMIT, Message(what, hint="most likely out of memory"))
    if code is not None and code < 0:
        name = signal.strsignal(-code) or f"signal {-code}"
        return StudentFault(Verdict.CRASHED, Message(f"the process died during {call}: {name}"))
    status = "" if code is None else f" (exit status {code})"
    message = Message(f"{call} ended its own process{status}", hint="remove exit() and os._exit()")
    return StudentFault(Verdict.CRASHED, message)


def out_of_time(verdict: Verdict, what: str, traceback: Sequence[StudentLine]) -> StudentFault:
    """The fault of a call that was stopped; `what` names the limit that was reached."""
    where = "it was in the line named here" if traceback else ""
    return StudentFault(verdict, Message(what, where), traceback)


def lines_of_stacks(dumped: bytes, folder: str) -> list[StudentLine]:
    """The lines of files in `folder`, innermost last, of a dump of stacks, which the submission can
    forge: any bytes may come."""
    found = [
        StudentLine(file.rpartition("/")[2][:200], int(line), function[:200])
        for file, line, function in _DUMPED.findall(dumped.decode("utf-8", "replace"))
        if file.startswith(folder)
    ]
    return found[7::-1]


def memory_limit(call: str, used: str, allowed: str) -> StudentFault:
    """The fault of a worker that grew over the memory limit."""
    what = f"{call} was stopped when its process had grown by {used} (limit {allowed})"
    return StudentFault(Verdict.MEMORY_LIMIT, Message(what))


def output_limit(call: str, allowed: str) -> StudentFault:
    """The fault of printing without end."""
    message = Message(f"{call} printed more than {allowed} and was stopped", hint="remove prints")
    return StudentFault(Verdict.CRASHED, message)


def scratch_limit(call: str, allowed: str, files: int) -> StudentFault:
    """The fault of filling the disk."""
    what = f"{call} wrote more than {allowed} or {files} files and was stopped"
    return StudentFault(Verdict.CRASHED, Message(what, hint="write no files"))


def bad_frame(call: str, reason: str) -> StudentFault:
    """The fault of bytes in the channel that our own code would not have sent."""
    message = Message(f"{call} returned something that cannot be read")
    return StudentFault(Verdict.CRASHED, message, staff=f"protocol error: {reason}")


def _cut(raised: Raised) -> Raised:
    """The same with texts of bounded size: a hostile worker could fill the report."""
    traceback = tuple(
        StudentLine(f.file[:200], f.line, f.function[:200]) for f in raised.traceback[-20:]
    )
    kind, text = raised.type[:200], raised.text[:2000]
    return msgspec.structs.replace(raised, type=kind, text=text, traceback=traceback)


def _out_of_memory(raised: Raised) -> bool:
    """Also by numpy's subclass, and by torch's RuntimeError."""
    named = raised.type in ("MemoryError", "_ArrayMemoryError")
    return named or "can't allocate memory" in raised.text


_NOT_PYTHON = ("SyntaxError", "IndentationError", "TabError")


def _hint(raised: Raised) -> str:
    text = raised.text
    if raised.type == "SystemExit":
        return "remove exit(), quit() and sys.exit(): functions return"
    if raised.type == "EOFError":
        return "input() cannot be used: there is no user to answer"
    if raised.type in ("FloatingPointError", "RuntimeWarning"):
        return "warnings of numpy are errors here: no line may overflow, used or not"
    if "read-only" in text and raised.traceback:
        return f"{READ_ONLY}: work on a copy, never change them in place"
    if "read-only" in text:  # a program of the check wrote, to what it was given
        return "what your code returned cannot be written to: return a new array"
    if raised.type == "ModuleNotFoundError" or (raised.importing and raised.type == "ImportError"):
        return (
            "only the libraries named in the handout are installed, and only the files it names are"
            " handed in: code of your own in another file goes into this one"
        )
    if raised.type in _NOT_PYTHON and ("null bytes" in text or "utf-8" in text.lower()):
        return "the file holds bytes that are no UTF-8: save it as UTF-8 in your editor"
    if raised.type in _NOT_PYTHON:
        return "the file is not valid Python: fix the line named here"
    if raised.importing:
        return "code at module level runs on import: move it under `if __name__ == '__main__':`"
    return ""
