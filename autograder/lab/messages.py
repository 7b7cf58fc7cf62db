"""What the lab and the process that measures say to each other: a line of JSON each."""

import msgspec

from autograder.model.measurements import Row


class Begin(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The first word to the measuring process."""

    assignment: str  # folder of experiments.py
    module: str  # the student's file
    data: str | None = None
    quick: bool = False


class Measure(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Measure one case."""

    experiment: str
    case: int


class Draw(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Draw what stands in a file of measurements."""

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


class Ready(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Everything is imported and set up."""

    lab: str
    settings: Row
    machine: dict[str, str | int]
    experiments: list[Planned]


class Measured(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The columns of one case, and how long it took."""

    row: Row
    took_s: float


class Failed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The student's code raised: what, and on which line."""

    what: str
    line: str = ""


class Broken(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The lab itself cannot do that."""

    what: str
    usage: bool  # what was asked for does not exist; otherwise experiments.py has a mistake


class Drawn(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The plots that were written, and why others were not."""

    files: list[str]
    problems: list[str]


ToMeasure = Begin | Measure | Draw
ToLab = Ready | Measured | Failed | Broken | Drawn
