"""What the lab (`run.py`) and the process that measures (`measuring/server.py`) send each other.

Each message is a line of JSON. The lab sends a request and waits for its reply.
"""

import msgspec

from autograder.model.measurements import Row


class _Message(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """One line; its tag is the name of the class."""


class Prepare(_Message, frozen=True, kw_only=True):
    """The first request: import the submission and the experiments, and set them up."""

    assignment: str  # folder of experiments.py
    module: str  # the student's file
    data: str | None = None
    quick: bool = False
    off: tuple[str, ...] = ()  # experiments of parts that are not given


class MeasureCase(_Message, frozen=True, kw_only=True):
    """Measure one case."""

    experiment: str
    case: int


class DrawPlots(_Message, frozen=True, kw_only=True):
    """Draw the rows in a file of measurements."""

    measurements: str
    folder: str
    kind: str  # png, svg or pdf


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """One experiment as it is about to be measured."""

    name: str
    title: str
    units: dict[str, str]
    seconds: float  # about what all its cases take
    cases: list[Row]


class Prepared(_Message, frozen=True, kw_only=True):
    """Everything is imported and set up."""

    lab: str
    settings: Row
    machine: dict[str, str | int]
    experiments: list[Planned]


class Measured(_Message, frozen=True, kw_only=True):
    """The columns of one case, and how long it took."""

    row: Row
    took_s: float


class Failed(_Message, frozen=True, kw_only=True):
    """The student's code raised an exception or ended the process: what happened, on which line."""

    what: str
    line: str = ""

    def __str__(self) -> str:
        return f"{self.line}: {self.what}" if self.line else self.what


class Broken(_Message, frozen=True, kw_only=True):
    """The lab itself cannot do what was requested."""

    what: str
    usage: bool  # what was requested does not exist; otherwise experiments.py has a mistake


class Drawn(_Message, frozen=True, kw_only=True):
    """The plots that were written, and why others were not."""

    files: list[str]
    problems: list[str]


ToMeasure = Prepare | MeasureCase | DrawPlots
ToLab = Prepared | Measured | Failed | Broken | Drawn
