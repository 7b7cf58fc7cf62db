"""`assignment.toml`: the single source for parts, points, limits and budgets.

Read once a command, by `model/course.py`.
"""

from pathlib import Path
from typing import Annotated

import msgspec

from autograder.model.errors import ConfigError
from autograder.model.measurements import MEASUREMENTS_FILE
from autograder.model.report import Part
from autograder.model.toml import nearest, read_toml, require_known
from autograder.model.units import parse_bytes

Positive = Annotated[float, msgspec.Meta(gt=0)]
EXPERIMENTS = "experiments.py"  # the lab, where there is one
SHARED = "shared"  # beside the assignments: files that several of them use
EXPECTATIONS = "expectations.py"  # what the checks share, where they share anything


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of a TOML file; unknown keys are refused."""


class Limits(Strict, frozen=True, kw_only=True):
    """Limits, which stop a worker that reaches one. They are generous: budgets are graded."""

    import_s: Positive = 3.0  # importing the submission, which each run of a check does anew
    call_s: Positive = 10.0  # one call of a student function
    check_s: Positive = 60.0  # everything one check does
    run_s: Positive = 600.0  # the whole grading
    home_s: Positive = 25.0  # what all calls of a check at home should take: slow ones are left out
    memory: str = "1 GiB"  # resident memory of a worker above its start
    output: str = "1 MB"  # what a worker may print before it is stopped
    scratch: str = "64 MB"  # what it may write into its own folder
    scratch_files: Annotated[int, msgspec.Meta(gt=0)] = 2000

    @property
    def memory_bytes(self) -> int:
        """The memory limit in bytes."""
        return parse_bytes(self.memory)

    @property
    def scratch_bytes(self) -> int:
        """The limit of what is written, in bytes."""
        return parse_bytes(self.scratch)

    @property
    def output_bytes(self) -> int:
        """The output limit in bytes."""
        return parse_bytes(self.output)


class Gradescope(Strict, frozen=True, kw_only=True):
    """The container to choose in Gradescope's settings."""

    cpus: Positive = 1.0
    memory: str = "1.5 GB"
    time_limit_minutes: Positive = 20.0


class Witness(Strict, frozen=True, kw_only=True):
    """A time budget beside a count, which a submission could forge or evade."""

    time: Positive  # multiple of `yardstick`
    yardstick: str = ""  # of growth none: the same call at a smaller size is its yardstick


class Budget(Strict, frozen=True, kw_only=True):
    """A graded threshold: exactly one of `memory`, `operations`, `time` and `speedup`."""

    memory: str | None = None  # formula in bytes above the inputs
    operations: str | None = None  # formula in `unit`
    unit: str = ""  # "growth exponent", or what the kind is counted in
    witness: Witness | None = None  # of `operations`
    time: Positive | None = None  # multiple of `yardstick`
    yardstick: str = ""
    speedup: Annotated[float, msgspec.Meta(gt=1)] | None = None  # of several workers over one

    @property
    def kind(self) -> str:
        """The one of `memory`, `operations`, `time`, `speedup` that it has."""
        kinds = [kind for kind in _UNITS if getattr(self, kind) is not None]
        if len(kinds) != 1:
            raise ConfigError(f"a budget has exactly one of {', '.join(_UNITS)}")
        return kinds[0]

    @property
    def counted_in(self) -> str:
        """The unit of its measurements."""
        return self.unit or _UNITS[self.kind]

    def in_words(self, mark: str = "") -> str:
        """What is at most allowed, as a clause; `mark`, such as a backtick, encloses formulas."""
        if self.time is not None:
            return f"{self.time:g} x the yardstick {mark}{self.yardstick}{mark}"
        if self.speedup is not None:
            return f"1/{self.speedup:g} of the wall time of one worker"
        counted = f"{mark}{self.memory or self.operations}{mark} {self.counted_in}"
        if self.witness is None:
            return counted
        witness = self.witness
        if not witness.yardstick:
            return f"{counted}, and {witness.time:g} x its time at a smaller size"
        return f"{counted}, and {witness.time:g} x the yardstick {mark}{witness.yardstick}{mark}"


_GROWTH = "growth exponent"
_UNITS = {
    "memory": "bytes",
    "operations": "interpreter steps",
    "time": "x yardstick",
    "speedup": "x the time of one worker",
}


class Operation(Strict, frozen=True, kw_only=True):
    """One array operation of a yardstick, replayed on random operands."""

    op: str  # name in numpy, such as "matmul" or "linalg.inv"
    shapes: tuple[tuple[int, ...], ...]  # one per operand
    dtype: str = "float64"
    count: int = 1
    axis: int | None = None  # for reductions


class Yardstick(Strict, frozen=True, kw_only=True):
    """A fixed workload: the unit of a time budget. Its operations are independent of each other."""

    operations: tuple[Operation, ...] = ()
    interpreter_steps: int = 0  # of plain Python, beside the array operations


class Scope(Strict, frozen=True, kw_only=True):
    """Requirements that hold for several functions or classes; any other requirement is one."""

    ids: tuple[str, ...]  # of the handout's requirements
    of: tuple[str, ...]  # functions, classes and methods (`Tensor.backward`), each to be checked
    others: str = ""  # why the others of these parts are not listed


class _AssignmentFile(Strict, frozen=True, kw_only=True):
    title: str
    order: int
    submit: tuple[str, ...]  # the first is the module that is imported
    parts: tuple[Part, ...]
    report_points: float = 0.0  # of the graded cells of the lab report, where there is one
    summary: str = ""
    may_submit: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ("numpy",)
    extras: tuple[str, ...] = ()  # pip requirements beyond the framework's
    shared: tuple[str, ...] = ()  # files of assignments/shared/ that its data.py reads
    limits: Limits = Limits()
    gradescope: Gradescope = Gradescope()
    budgets: dict[str, Budget] = {}
    yardsticks: dict[str, Yardstick] = {}
    requirements: tuple[Scope, ...] = ()
    experiments: dict[str, tuple[str, ...]] = {}  # of the lab: the parts whose work each measures


class Assignment(_AssignmentFile, frozen=True, kw_only=True):
    """An assignment and its folders."""

    id: str
    folder: Path  # assignments/<id>
    private: Path | None = None  # reference/<id>, where there is one
    parts_off: tuple[str, ...] = ()  # ids of parts that this course does not give

    @property
    def module(self) -> str:
        """The file that is imported, such as `sgd.py`."""
        return self.submit[0]

    @property
    def has_lab(self) -> bool:
        """Whether there are experiments to measure."""
        return (self.folder / EXPERIMENTS).is_file()

    @property
    def experiments_off(self) -> frozenset[str]:
        """The experiments that measure a part which is not given."""
        off = set(self.parts_off)
        return frozenset(name for name, parts in self.experiments.items() if off & set(parts))

    @property
    def taken(self) -> tuple[str, ...]:
        """All files that are accepted: required ones, optional ones, and the measurements."""
        lab = (MEASUREMENTS_FILE,) if self.has_lab else ()
        return (*self.submit, *self.may_submit, *lab)

    @property
    def expectations(self) -> list[Path]:
        """What the checks share: expectations.py and, after it, the files expectations_*.py."""
        return sorted(self.folder.glob(f"{EXPECTATIONS.removesuffix('.py')}*.py"))

    @property
    def shared_files(self) -> list[Path]:
        """The files that it shares with other assignments."""
        return [self.folder.parent / SHARED / name for name in self.shared]

    @property
    def points(self) -> float:
        """Points of all parts that are not optional."""
        return sum(part.points for part in self.parts if not part.optional)

    def budget(self, name: str) -> Budget:
        """The budget of that name.

        Raises ConfigError naming the nearest one.
        """
        require_known(name, self.budgets, ConfigError, f"{self.id} has no budget {name!r}")
        return self.budgets[name]


def load_assignment(
    folder: Path, private: Path | None = None, off: tuple[str, ...] = ()
) -> Assignment:
    """Read `folder/assignment.toml`, without the parts in `off` ("2" is also 2.1).

    Raises ConfigError for an unknown key, a duplicate part or an unusable budget.
    """
    path = folder / "assignment.toml"
    content = read_toml(path, _AssignmentFile)
    fields = {name: getattr(content, name) for name in content.__struct_fields__}
    whole = Assignment(id=folder.name, folder=folder, private=private, **fields)
    _require_sense(whole, path)
    return _without(whole, off, path)


def _without(whole: Assignment, off: tuple[str, ...], path: Path) -> Assignment:
    for name in off:
        if not any(_is_in(part.id, name) for part in whole.parts):
            near = nearest(name, (part.id for part in whole.parts))
            raise ConfigError(f"{path}: course.toml switches off part {name!r}; {near}")
    given = tuple(p for p in whole.parts if not any(_is_in(p.id, name) for name in off))
    ids = tuple(part.id for part in whole.parts if part not in given)
    return msgspec.structs.replace(whole, parts=given, parts_off=ids)


def _is_in(part: str, name: str) -> bool:
    return f"{part}.".startswith(f"{name}.")


def _require_sense(assignment: Assignment, path: Path) -> None:
    ids = [part.id for part in assignment.parts]
    if repeated := sorted({i for i in ids if ids.count(i) > 1}):
        raise ConfigError(f"{path}: part {repeated[0]!r} is declared twice")
    if not assignment.submit or not assignment.module.endswith(".py"):
        raise ConfigError(f"{path}: submit must start with a .py file, the one to import")
    if assignment.points <= 0:
        raise ConfigError(f"{path}: the parts that are not optional are worth no points")
    measured = [(name, p) for name, parts in assignment.experiments.items() for p in parts]
    for name, part in measured:
        require_known(part, ids, ConfigError, f"{path}: experiments.{name}: no part {part!r}")
    for shared in assignment.shared_files:
        if not shared.is_file():
            raise ConfigError(f"{path}: shared names {shared.name!r}, but there is no {shared}")
    _require_sizes(assignment, path)
    for name, budget in assignment.budgets.items():
        _require_budget(assignment, name, budget, path)


def _require_sizes(assignment: Assignment, path: Path) -> None:
    limits = assignment.limits
    for size in (limits.memory, limits.output, limits.scratch, assignment.gradescope.memory):
        try:
            parse_bytes(size)
        except ConfigError as error:
            raise ConfigError(f"{path}: {error}") from None


def _require_budget(assignment: Assignment, name: str, budget: Budget, path: Path) -> None:
    try:
        kind = budget.kind
    except ConfigError as error:
        raise ConfigError(f"{path}: budgets.{name}: {error}") from None
    if budget.witness and kind != "operations":
        raise ConfigError(f"{path}: budgets.{name}: only a budget of operations has a witness")
    yardstick = budget.witness.yardstick if budget.witness else budget.yardstick
    if budget.unit == _GROWTH and not yardstick:
        return
    if budget.witness or kind == "time":
        problem = f"{path}: budgets.{name}: no yardstick {yardstick!r}"
        require_known(yardstick, assignment.yardsticks, ConfigError, problem)
