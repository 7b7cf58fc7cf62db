"""The score of the grader itself: what its checks were shown to notice, and to let pass.

`autograder verify` reads it from the records of the proofs, compares it with the table in README.md
and writes that table between

    <!-- generated: score -->
    <!-- end -->
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import msgspec

from autograder.authoring.proofs.kind import Kind, Setting
from autograder.authoring.proofs.kinds.comparisons import Comparisons
from autograder.authoring.proofs.kinds.load import Load
from autograder.authoring.proofs.kinds.mutation import Mutation
from autograder.authoring.proofs.kinds.programs import Programs
from autograder.authoring.proofs.kinds.seeds import Seeds
from autograder.authoring.proofs.record import oldest
from autograder.machine.facts import machine_facts
from autograder.model.errors import UsageError
from autograder.model.verdict import Verdict
from autograder.release.tables import fill_regions, markdown

# what is counted, as the table's heads name it
WRONG = "wrong rejected"
RIGHT = "right accepted"
NAMED = "mistakes named"
CAUGHT = "caught on every seed"
EVERY = "passed on every seed"
MUTANTS = "mutants rejected"
EXPLAINED = "survivors explained"
SAME = "same under load"
COLUMNS = (WRONG, RIGHT, NAMED, CAUGHT, EVERY, MUTANTS, EXPLAINED, SAME)

_README = "README.md"
_MARK = "<!-- generated: score -->"
_RATIO = re.compile(r"(\d+) of (\d+)")


class Ratio(msgspec.Struct, frozen=True):
    """So many out of so many."""

    got: int
    of: int

    def __str__(self) -> str:
        return f"{self.got} of {self.of}"


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """Of one assignment, or of all."""

    assignment: str
    ratios: dict[str, Ratio]  # by column; what is not measured is not there
    proved: dict[str, str] = {}  # by column, for the first of each kind: the oldest date

    def cells(self, columns: Iterable[str]) -> list[str]:
        """What is shown below these heads."""
        return [str(self.ratios.get(column, "not measured")) for column in columns]


def score_of(setting: Setting) -> Score:
    """The score of what is recorded."""
    programs, mutation, load = Programs(setting), Mutation(setting), Load(setting)
    ratios = _of_programs(programs) if programs.lines else {}
    many: tuple[tuple[str, Kind[Any]], ...] = (
        (CAUGHT, Seeds(setting)),
        (EVERY, Comparisons(setting)),
    )
    for column, kind in many:
        if kind.lines:
            good = sum(not line.problems for line in kind.lines.values())
            ratios[column] = Ratio(good, len(kind.lines))
    if mutation.lines:
        made, survived = len(mutation.lines), len(mutation.survivors)
        ratios[MUTANTS] = Ratio(made - survived, made)
        ratios[EXPLAINED] = Ratio(survived - mutation.unexplained(), survived)
    if load.lines:
        gradings = min(line.gradings for line in load.lines.values())
        ratios[SAME] = Ratio(gradings - load.flips, gradings)
    return Score(
        assignment=setting.assignment.id,
        ratios=ratios,
        proved={
            column: oldest(kind.lines.values())
            for column, kind in ((WRONG, programs), *many, (MUTANTS, mutation), (SAME, load))
        },
    )


def _of_programs(kind: Programs) -> dict[str, Ratio]:
    """How many must-fail programs were rejected as declared, accepted variants passed everything,
    and programs with wrong answers were told their mistake.

    Not counted is wrong data of the lab: no code of its own is known for it.
    """
    tried = [(program, kind.is_as_declared(program)) for program in kind.setting.programs]
    right = [good for p, good in tried if p.verdict is Verdict.PASSED]
    wrong = [good for p, good in tried if p.verdict is not Verdict.PASSED]
    named = [
        good and not p.not_recognised
        for p, good in tried
        if p.verdict is Verdict.WRONG and not p.patch.exists()
    ]
    found = {WRONG: wrong, RIGHT: right} | ({NAMED: named} if named else {})
    return {column: Ratio(sum(good), len(good)) for column, good in found.items()}


def total(scores: Sequence[Score]) -> Score:
    """The sum over assignments, with the oldest dates."""
    ratios = {}
    for column in COLUMNS:
        measured = [score.ratios[column] for score in scores if column in score.ratios]
        if measured:
            ratios[column] = Ratio(sum(r.got for r in measured), sum(r.of for r in measured))
    dated = [(column, date) for s in scores for column, date in s.proved.items() if date]
    proved = {column: min(d for c, d in dated if c == column) for column, _ in dated}
    return Score(assignment="all", ratios=ratios, proved=proved)


def regressions(score: Score, before: Score | None) -> Iterator[str]:
    """Where an assignment's score is worse than it was `before`; a new one has none."""
    for column, was in (before.ratios if before else {}).items():
        now = score.ratios.get(column)
        if now is None or _compared(column, now) < _compared(column, was):
            yield f"{score.assignment}, {column}: {now or 'not measured'}, before {was}"


def _compared(column: str, ratio: Ratio) -> float:
    """The number that must not become smaller.

    It is a share for mutants, because new code brings new ones; else a count.
    """
    if column == MUTANTS:
        return ratio.got / max(ratio.of, 1)
    if column == EXPLAINED:  # a survivor without a reason is a problem of its own
        return 0.0
    return ratio.of if column == SAME else ratio.got


def recorded_scores(root: Path) -> dict[str, Score]:
    """The scores in README.md by assignment; empty where there are none."""
    path = root / _README
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    table = text.partition(_MARK)[2].partition("<!-- end -->")[0]
    rows = [row.strip("| ").split("|") for row in table.splitlines() if row.startswith("|")]
    heads, _, *scores = [[cell.strip(" `") for cell in row] for row in rows] or [[], []]
    found = {}
    for name, *cells in scores:
        shown = {head: _RATIO.fullmatch(cell) for head, cell in zip(heads[1:], cells, strict=False)}
        ratios = {head: Ratio(int(m[1]), int(m[2])) for head, m in shown.items() if m}
        found[name] = Score(assignment=name, ratios=ratios)
    return found


def write_score(root: Path, scores: Sequence[Score]) -> Path:
    """Write the scores into README.md. Raises UsageError where it has no place for them."""
    path = root / _README
    text = path.read_text(encoding="utf-8")
    if _MARK not in text:
        raise UsageError(f"{_README} has no place for the score: add {_MARK} and <!-- end -->")
    columns = _shown_columns(scores)
    table = markdown(
        f"| {' | '.join(['assignment', *columns])} |",
        "|---" + "|--:" * len(columns) + "|",
        [(f"`{score.assignment}`", *score.cells(columns)) for score in scores],
    )
    rows = [*_sentences(total(scores)), "", *table]
    filled = fill_regions(text, _README, lambda name, place: rows)
    path.write_text(filled, encoding="utf-8", newline="\n")
    return path


def _sentences(score: Score) -> Iterator[str]:
    """Each number with the command that measures it."""
    facts, proved = machine_facts(), score.proved
    date = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    prove = "`autograder prove --all --only {}`, {}".format
    said = {
        WRONG: "wrong programs rejected by the check that must catch them:"
        f" {prove('programs', proved.get(WRONG))}",
        RIGHT: "unusual right programs given full marks: the same",
        NAMED: "programs with wrong answers told which mistake they make: the same",
        CAUGHT: "must-fail programs caught by each check they name with 30 seeds:"
        f" {prove('seeds', proved.get(CAUGHT))}",
        EVERY: "checks that pass the reference and the accepted variants with 200 seeds:"
        f" {prove('comparisons', proved.get(EVERY))}",
        MUTANTS: "mutants of the references (one small change each) rejected by a check:"
        f" {prove('mutants', proved.get(MUTANTS))}",
        EXPLAINED: "mutants that no check rejects, explained in `reference/<id>/survivors.md`",
        SAME: "gradings of right work beside busy processes with the same report:"
        f" {prove('load', proved.get(SAME))}",
    }
    machine = f"{facts['processor']}, {facts['cpus']} CPUs, Python {facts['python']}"
    yield from (f"Written on {date}: {machine}.", "")
    yield from (f"- {ratio} {said[column]}" for column, ratio in score.ratios.items())


def _shown_columns(scores: Sequence[Score]) -> list[str]:
    """All columns, but the recognised mistakes only where they are counted."""
    counted = any(NAMED in score.ratios for score in scores)
    return [column for column in COLUMNS if counted or column != NAMED]


def score_table(scores: Sequence[Score]) -> Iterator[str]:
    """The table for a terminal, with a line for all where there are several."""
    columns = _shown_columns(scores)
    summed = [total(scores)] if len(scores) > 1 else []
    rows = [["", *columns]]
    rows += [[score.assignment, *score.cells(columns)] for score in [*scores, *summed]]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells]).rstrip()
