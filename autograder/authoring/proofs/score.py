"""The score of the grader itself: what its checks were shown to notice, and to let pass."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from autograder.authoring.proofs.mutation_record import read_mutation, stale_mutation
from autograder.authoring.proofs.repeats import read_repeats, stale_repeats
from autograder.authoring.proofs.survivors import unexplained, unlike_survivors
from autograder.grading.declaring.proving_programs import Program, programs_of
from autograder.model.assignment import Assignment
from autograder.model.verdict import Verdict


class Share(msgspec.Struct, frozen=True):
    """So many of so many."""

    got: int
    of: int

    def __str__(self) -> str:
        return f"{self.got} of {self.of}"


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """Of one assignment, or of all; None is not measured."""

    assignment: str
    wrong: Share | None = None  # must-fail programs rejected by the check that must catch them
    right: Share | None = None  # accepted variants with full marks
    recognised: Share | None = None  # programs with wrong answers whose mistake is named
    mutants: Share | None = None  # of the reference, rejected by any check
    explained: Share | None = None  # of the mutants that survive
    same: Share | None = None  # gradings of the reference under load with one and the same report
    mutated: str = ""  # dates
    repeated: str = ""


COLUMNS = ("wrong", "right", "recognised", "mutants", "explained", "same")


class Tried:
    """Programs that were graded; one that is tried twice must come out right twice."""

    def __init__(self) -> None:
        self._programs: dict[str, tuple[Program, bool]] = {}

    def add(self, program: Program, as_declared: bool) -> None:
        """Note how one came out."""
        _, before = self._programs.get(program.name, (program, True))
        self._programs[program.name] = program, before and as_declared

    def wrong(self) -> Share:
        """Must-fail programs that are rejected as declared."""
        return _share(good for p, good in self._programs.values() if not _is_right(p))

    def right(self) -> Share:
        """Accepted variants that pass everything."""
        return _share(good for p, good in self._programs.values() if _is_right(p))

    def recognised(self) -> Share | None:
        """Of the programs with wrong answers, those that are told their mistake.

        Not counted is wrong data of the lab: no code of its own is known for it.
        """
        wrong = [(p, good) for p, good in self._programs.values() if p.verdict is Verdict.WRONG]
        slips = [(p, good) for p, good in wrong if not p.patch.exists()]
        return _share(good and not p.not_recognised for p, good in slips) if slips else None


def _share(came_out: Iterable[bool]) -> Share:
    held = list(came_out)
    return Share(sum(held), len(held))


def _is_right(program: Program) -> bool:
    return program.verdict is Verdict.PASSED


def score_of(assignment: Assignment, tried: Tried) -> Score:
    """What was just tried, and what is recorded."""
    mutation, repeats = read_mutation(assignment), read_repeats(assignment)
    score = Score(
        assignment=assignment.id,
        wrong=tried.wrong(),
        right=tried.right(),
        recognised=tried.recognised(),
    )
    if mutation:
        survivors = mutation.survivors
        open_ones = unexplained(assignment, survivors)
        score = msgspec.structs.replace(
            score,
            mutants=Share(mutation.killed, mutation.made),
            explained=Share(len(survivors) - len(open_ones), len(survivors)),
            mutated=mutation.date,
        )
    if repeats:
        same = Share(repeats.gradings - repeats.flips, repeats.gradings)
        score = msgspec.structs.replace(score, same=same, repeated=repeats.date)
    return score


def with_declared(score: Score, assignment: Assignment) -> Score:
    """A quick run's score with all declared programs: it tries few, but none may be gone."""
    declared = Tried()
    for program in programs_of(assignment).usable:
        declared.add(program, True)
    return msgspec.structs.replace(
        score, wrong=declared.wrong(), right=declared.right(), recognised=declared.recognised()
    )


def total(scores: Sequence[Score]) -> Score:
    """All assignments together; dates are the oldest."""
    shares = {}
    for column in COLUMNS:
        held = [share for share in (getattr(score, column) for score in scores) if share]
        summed = Share(sum(s.got for s in held), sum(s.of for s in held))
        shares[column] = summed if held else None
    return Score(
        assignment="all",
        mutated=min((s.mutated for s in scores if s.mutated), default=""),
        repeated=min((s.repeated for s in scores if s.repeated), default=""),
        **shares,
    )


def record_problems(assignment: Assignment, required: bool) -> Iterator[str]:
    """What is wrong with the records of mutants and of gradings under load.

    Where they are not `required`, they may also be missing: a new assignment has none.
    """
    mutation, repeats = read_mutation(assignment), read_repeats(assignment)
    if mutation:
        yield from stale_mutation(assignment)
        yield from unlike_survivors(assignment, mutation.survivors)
    elif required:
        yield f"no mutation.toml: run `python ci/mutation.py {assignment.id} --record`"
    if repeats:
        yield from stale_repeats(assignment)
        if repeats.flips:
            yield f"repeats.toml: {repeats.flips} of {repeats.gradings} gradings told otherwise"
    elif required:
        yield f"no repeats.toml: run `python ci/repeat_gradings.py {assignment.id} --record`"


def regressions(scores: Iterable[Score], before: dict[str, Score]) -> Iterator[str]:
    """Where a score is worse than the one `before`, by assignment."""
    for score in scores:
        old = before.get(score.assignment, Score(assignment=score.assignment))
        for column in COLUMNS:
            was, now = getattr(old, column), getattr(score, column)
            if was and (now is None or _key(column, now) < _key(column, was)):
                yield f"{score.assignment}, {column}: {now or 'not measured'}, before {was}"


def _key(column: str, share: Share) -> float:
    """What must not fall: a share of mutants, as new code brings new ones; else a count."""
    if column == "mutants":
        return share.got / max(share.of, 1)
    if column == "explained":  # what is not explained is a problem of its own
        return 0.0
    return share.of if column == "same" else share.got
