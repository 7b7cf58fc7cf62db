"""The outcome of one check, and what it consists of."""

import math

import msgspec

from autograder.model.check import CheckDeclaration
from autograder.model.verdict import Verdict

_LONGEST = 2000  # characters of a text that may come from a submission
LONGEST_STAFF = 20_000  # the same of what staff read


class Message(msgspec.Struct, frozen=True):
    """Why a check did not pass, in a few lines."""

    what: str  # what was observed and how far off it is
    detail: str = ""  # worst index: got, expected
    looks_like: str = ""  # a recognised mistake
    hint: str = ""  # where to look: handout section, or what to try
    more: tuple[str, ...] = ()  # further lines of detail

    def cut(self) -> "Message":
        """The same with texts of bounded size: every report, again and again, cleans all of it."""
        shown = (self.what, self.detail, self.looks_like, self.hint)
        what, detail, looks_like, hint = (text[:_LONGEST] for text in shown)
        return Message(what, detail, looks_like, hint, tuple(row[:_LONGEST] for row in self.more))

    def lines(self) -> list[str]:
        """The lines to print, without empty ones."""
        rows = [self.what, self.detail, *self.more]
        rows += [f"looks like: {self.looks_like}"] if self.looks_like else []
        rows += [f"hint: {self.hint}"] if self.hint else []
        return [row for row in rows if row]


class StudentLine(msgspec.Struct, frozen=True):
    """A line of the student's own file."""

    file: str
    line: int
    function: str = ""
    text: str = ""  # the source, read from the grader's copy of the submission

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}"
        place += f", in {self.function}" if self.function else ""
        return f"{place}: {self.text}" if self.text else place


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """A budgeted quantity: it is kept if the value is at most the budget, or is undecided."""

    name: str  # the budget's name in assignment.toml
    kind: str  # "time" | "memory" | "operations" | "speedup"
    value: float
    budget: float
    unit: str  # "bytes", "interpreter steps", "x yardstick"
    detail: str = ""  # pairs, confidence interval, formula
    undecided: bool = False  # too noisy to tell

    @property
    def within(self) -> bool:
        """Whether the measured value keeps the budget."""
        return self.undecided or self.value <= self.budget


class Prediction(msgspec.Struct, frozen=True, kw_only=True):
    """A cost that the student predicted, beside the counted cost."""

    name: str  # the student's function, such as predict_bytes
    configuration: str  # "B = 12, d = 7, c = 5"
    predicted: float
    measured: float
    allowed: float  # largest difference that passes; 0: exactly
    unit: str  # "bytes", "FLOPs", "messages"

    @property
    def within(self) -> bool:
        """Whether the difference is an allowed one."""
        return abs(self.predicted - self.measured) <= self.allowed

    @property
    def ratio(self) -> float | None:
        """Predicted over measured; None where nothing was measured."""
        return self.predicted / self.measured if self.measured else None


class Closeness(msgspec.Struct, frozen=True, kw_only=True):
    """One comparison of numbers: how near the error came to the allowed one."""

    what: str
    error: float  # largest absolute difference
    allowed: float
    rounding: bool  # the tolerance follows from rounding alone
    why: str = ""  # the reason of the tolerance
    size: float = 0.0  # the largest expected number
    variation: int = 0  # of the public seed

    @property
    def share(self) -> float:
        """The error as a share of the allowed one; infinite if there is one and none is allowed."""
        if not self.error:
            return 0.0
        return self.error / self.allowed if self.allowed else math.inf


class SeedResult(msgspec.Struct, frozen=True):
    """What a check said with one of many seeds."""

    variation: int  # of the public seed; 0: the seed at home
    verdict: Verdict
    said: str = ""


class AlteredRun(msgspec.Struct, frozen=True):
    """What a check said when a value from the submission was altered."""

    place: str  # of the value: "f(2).returned.3.W"
    everywhere: str  # the same in all calls and all items of lists: "f(all).returned.*.W"
    kind: str  # of alteration: "sign"
    verdict: Verdict
    said: str = ""


class Fingerprint(msgspec.Struct, frozen=True):
    """A value of any type and size in few numbers, to be compared within a tolerance."""

    structure: str  # hash of types, shapes, text
    scale: float  # what the projections are compared relative to
    projections: tuple[float, ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """An answer of a submission: what a call returned, or asked of our functions."""

    fingerprint: Fingerprint
    bits: float  # of information: how unlikely an unrelated answer is to be the same


class Stretch(msgspec.Struct, frozen=True, order=True):
    """What a rank of a cluster did for a while, in virtual seconds."""

    rank: int
    kind: str  # "compute" | "wait"
    start_s: float
    end_s: float


class Arrow(msgspec.Struct, frozen=True):
    """A message of one rank to another, from the start of its transmission to its arrival."""

    source: int
    target: int
    start_s: float
    arrived_s: float


class RankTimeline(msgspec.Struct, frozen=True, kw_only=True):
    """A run of a cluster, to be drawn."""

    ranks: int
    end_s: float  # of the last rank; finite, above 0
    stretches: tuple[Stretch, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    is_cut: bool = False  # there were more of them


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of one check."""

    check: CheckDeclaration
    verdict: Verdict
    score: float = 0.0  # 0 <= score <= check.points
    message: Message | None = None
    lines: tuple[StudentLine, ...] = ()  # the student's frames, innermost last
    output: str = ""  # what the student's code printed, cut
    note: str = ""  # shown beside a PASSED, such as "too noisy to tell"
    measurements: tuple[Measurement, ...] = ()
    predictions: tuple[Prediction, ...] = ()
    timeline: RankTimeline | None = None  # of the last run of a cluster, where the check failed
    closeness: tuple[Closeness, ...] = ()  # only where it was asked for
    seeds: tuple[SeedResult, ...] = ()  # where a proof tries many
    alterations: tuple[AlteredRun, ...] = ()  # the same
    answers: dict[str, Answer] = {}  # "3 returned", "3 asked": only where they were wanted
    mistake: str = ""  # a known one with exactly the same answers; several, one a line
    put_off: bool = False  # at home: it takes long, so it was not run, or not to its end
    seed: str = ""  # "public" or "secret": the inputs that decided
    inputs: tuple[Fingerprint, ...] = ()  # of the first calls, with the public seed
    staff: str = ""  # never shown to students: exception, values, our traceback
    wall_s: float = 0.0
    cpu_s: float = 0.0  # of all workers of the run that is shown
