"""Where a check's expected values come from.

Staff have the oracles themselves. Students have the answers to the questions that visible checks
ask with the public seed, recorded at release: an oracle in plain loops would be a solution.
"""

import base64
import json
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import msgspec

from autograder.grading.sketch import Sketch, same, sketch
from autograder.model.errors import GraderError
from autograder.sandbox.codec import Encoder
from autograder.sandbox.decode import Decoder
from autograder.sandbox.student_module import import_file

RECORD_FILE = "recorded_answers.json"


class Oracle(Protocol):
    """What the fixture `oracle` is, for one run of one check."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """The oracle function of that name."""


class Oracles(Protocol):
    """Gives each run of a check its oracle."""

    def for_check(self, check_id: str, public: bool) -> Oracle:
        """The oracle of one run of this check; `public`: with the public seed."""


class Recorded(msgspec.Struct):
    """One question and its answer."""

    function: str
    question: Sketch
    answer: Any  # a tree of the codec
    buffers: list[str]  # base64


Records = dict[str, list[Recorded]]


class LiveOracles:
    """The functions of reference/<id>/oracles.py. With `records`, answers are noted there."""

    def __init__(self, path: Path, records: Records | None = None) -> None:
        self._path, self._records = path, records

    def for_check(self, check_id: str, public: bool) -> "LiveOracle":
        """The oracle of one run of this check."""
        noted = None if self._records is None else self._records.setdefault(check_id, [])
        return LiveOracle(self._module, noted)

    @cached_property
    def _module(self) -> ModuleType:
        """Imported for the first check that asks: if that fails, the others are still judged."""
        return import_file(self._path, "autograder_oracles")


class LiveOracle:
    """Calls the oracle functions."""

    def __init__(self, module: Any, noted: list[Recorded] | None) -> None:
        self._module, self._noted = module, noted

    def __getattr__(self, name: str) -> Callable[..., Any]:
        function = getattr(self._module, name, None)
        if function is None:
            raise GraderError(f"there is no oracle {name!r} in {self._module.__file__}")

        def ask(*arguments: Any, **keywords: Any) -> Any:
            answer = function(*arguments, **keywords)
            if self._noted is not None:
                encoder = Encoder()
                tree = encoder.encode(answer)
                buffers = [base64.b64encode(b).decode() for b in encoder.buffers]
                question = sketch([arguments, keywords])
                self._noted.append(Recorded(name, question, tree, buffers))
            return answer

        return ask


class RecordedOracles:
    """Replays recorded answers; `live` answers where nothing is recorded, with secret seeds."""

    def __init__(self, records: Records, live: LiveOracles | None = None) -> None:
        self._records, self._live = records, live

    def for_check(self, check_id: str, public: bool) -> Oracle:
        """The oracle of one run of this check."""
        if self._live and not public:
            return self._live.for_check(check_id, public)
        return RecordedOracle(check_id, list(self._records.get(check_id, ())))


class RecordedOracle:
    """The questions come in the order in which they were recorded; some may not be asked."""

    def __init__(self, check_id: str, answers: list[Recorded]) -> None:
        self._check_id, self._answers = check_id, answers

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def ask(*arguments: Any, **keywords: Any) -> Any:
            if not self._answers:
                raise GraderError(f"{self._check_id} asks {name}() more often than was recorded")
            question = sketch([arguments, keywords])
            while self._answers:  # time budgets ask as often as the noise wants
                recorded = self._answers.pop(0)
                if recorded.function == name and same(recorded.question, question):
                    break
            else:
                raise GraderError(
                    f"{self._check_id}: no recorded answer belongs to this question of {name}():"
                    " a question may not depend on the submission, and the files of the zip must"
                    " belong together"
                )
            buffers = [memoryview(bytearray(base64.b64decode(b))) for b in recorded.buffers]
            return Decoder(buffers).decode(recorded.answer)

        return ask


def read_records(path: Path) -> Records:
    """Read recorded answers. Raises GraderError when the file is missing or broken."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Records)
    except FileNotFoundError:
        raise GraderError(f"{path} is missing: unpack the student zip again") from None
    except msgspec.DecodeError as error:
        raise GraderError(f"{path} is broken ({error}): unpack the student zip again") from None


def show_records(records: Records) -> str:
    """The text of a file of recorded answers, the same for the same records."""
    return json.dumps(msgspec.to_builtins(records), indent=1, sort_keys=True) + "\n"
