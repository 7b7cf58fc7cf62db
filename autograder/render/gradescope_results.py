"""A report as Gradescope's results.json; the driver in the container writes it.

Extra credit: a check of an optional part carries its points as `max_score`, as any other test, and
the top-level `score` is the sum of all tests. The assignment's points in Gradescope are those of
the required parts, so a full extra part shows as 105 out of 100. (A test with `max_score` 0 and a
positive score would be the other way; Gradescope does not document it.)

Gradescope may show `extra_data` to a determined student, so nothing in it is for staff only.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import msgspec

import autograder
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Fingerprint, Measurement, Outcome
from autograder.model.report import Report
from autograder.model.units import show_points
from autograder.model.verdict import Verdict
from autograder.render.disclosure import clean_text, for_student, one_line
from autograder.render.leaderboard import leaderboard
from autograder.render.outcome_text import text_of
from autograder.render.points import Points, points_of
from autograder.render.results_json import GradescopeResults, GradescopeTest, LeaderboardEntry

TEST_BYTES = 8 * 1024  # of one test's output
ALL_BYTES = 256 * 1024  # of every output together
NAME_LENGTH = 200
ENTRIES = 200  # of one mapping in extra_data

PENDING = "This check did not run yet."
UNDECIDED = (
    "NOTHING WAS DECIDED for {count} of the {total} checks: the grader itself failed, not your"
    " code. The score below leaves these checks out and is not final. Staff: fix the cause, then"
    " use Regrade Submission; the log of this run says what happened."
)
HIDDEN = "This check is hidden: its inputs and its messages stay with the staff."


class KeptGrading(msgspec.Struct, frozen=True, kw_only=True):
    """`extra_data` of results.json: what a replay reads; what older graders lack has a default."""

    assignment: str
    verdicts: dict[str, str]  # empty: the check did not run
    scores: dict[str, float]
    seeds: dict[str, str] = {}
    inputs: dict[str, tuple[Fingerprint, ...]] = {}
    measurements: dict[str, tuple[Measurement, ...]] = {}
    undecided: int = 0
    points: float = 0.0  # extra credit apart
    extra_score: float = 0.0
    extra_points: float = 0.0
    graded_at: str = ""
    seed: str
    versions: dict[str, str] = {}
    files: dict[str, str]
    content: dict[str, str]
    isolation: dict[str, str] = {}
    machine: dict[str, str]


def render_results(report: Report, declared: Sequence[CheckDeclaration] = ()) -> GradescopeResults:
    """The results of `report`; a declared check without an outcome appears as PENDING."""
    rows = _rows(report, declared)
    return GradescopeResults(
        score=report.score,
        output=_cut_bytes(clean_text(_summary(report, rows)), TEST_BYTES),
        output_format="text",
        test_output_format="text",
        test_name_format="text",
        visibility="visible",  # a single hidden test would hide the total from students
        stdout_visibility="hidden",
        tests=tuple(_tests(report, rows)),
        leaderboard=tuple(
            LeaderboardEntry(name=one_line(best.name, NAME_LENGTH), value=best.value, order="asc")
            for best in leaderboard(report)
        ),
        extra_data=msgspec.to_builtins(_kept(report, rows)),
    )


_Row = tuple[CheckDeclaration, Outcome | None]


def shown_name(check: CheckDeclaration) -> str:
    """The name that students read; two checks may have the same."""
    title = f"{check.part} {check.title}" + (" (extra credit)" if check.optional else "")
    return one_line(title, NAME_LENGTH)


def _rows(report: Report, declared: Sequence[CheckDeclaration]) -> list[_Row]:
    decided = {outcome.check.id: outcome for outcome in report.outcomes}
    known = {check.id for check in declared}
    rows: list[_Row] = [(check, decided.get(check.id)) for check in declared]
    return rows + [(o.check, o) for o in report.outcomes if o.check.id not in known]


def _tests(report: Report, rows: Sequence[_Row]) -> Iterator[GradescopeTest]:
    """Numbered `1.2.1`, `1.2.2` within part 1.2, with names that differ: exports join on these."""
    limit = min(TEST_BYTES, (ALL_BYTES - TEST_BYTES) // max(1, len(rows)))
    in_part: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for check, outcome in rows:
        name = shown_name(check)
        in_part[check.part] += 1
        names[name] += 1
        text = "\n".join(_lines(outcome, report)) if outcome else PENDING
        passed = outcome is not None and outcome.verdict is Verdict.PASSED
        yield GradescopeTest(
            name=name if names[name] == 1 else f"{name} ({names[name]})",
            score=round(outcome.score, 6) if outcome else 0.0,
            max_score=check.points,
            status="passed" if passed else "failed",
            output=_cut_bytes(clean_text(text), limit),
            visibility="visible",
            extra_data={"extra_credit": True} if check.optional else msgspec.UNSET,
            number=f"{check.part}.{in_part[check.part]}",
        )


def _lines(outcome: Outcome, report: Report) -> list[str]:
    """What the student reads about one check, the most useful line first."""
    shown = for_student(outcome)
    verdict, said = shown.verdict, text_of(shown)
    if shown.check.visible:
        note = f"note: {shown.note}" if shown.note else ""
        printed = f"\nYour code printed:\n{shown.output}" if shown.output else ""
        predictions = [prediction.line for prediction in said.predictions]
        lines = [*said.message, *said.mistakes, *said.places, *predictions, said.hint, note]
        lines += [verdict.help, printed]
    else:
        # The file's name is the worker's claim: believed only if such a file was submitted.
        places = [f"{at.file}, line {at.line}" for at in shown.lines if at.file in report.files]
        lines = [*places, *said.mistakes, said.hint, HIDDEN]
    return [f"{verdict.word.upper()}: {verdict.sentence}", *filter(None, lines)]


def _summary(report: Report, rows: Sequence[_Row]) -> str:
    lines = list(_warnings(report, rows))
    lines += report.notices
    lines += [f"ignored: {one_line(name)}" for name in report.ignored]
    passed = sum(1 for _, outcome in rows if outcome and outcome.verdict is Verdict.PASSED)
    lines.append(f"{passed} of {len(rows)} checks passed: {_points(rows).text}.")
    lines += list(_part_lines(report, rows))
    return "\n".join(lines)


def _points(rows: Sequence[_Row]) -> Points:
    return points_of((check, outcome.score if outcome else 0.0) for check, outcome in rows)


def _warnings(report: Report, rows: Sequence[_Row]) -> Iterator[str]:
    if report.broken:
        yield UNDECIDED.format(count=len(report.broken), total=len(rows)) + "\n"
    missing = sum(1 for _, outcome in rows if outcome is None)
    if missing:
        yield (
            f"GRADING DID NOT FINISH: {missing} of the {len(rows)} checks have not run, so the"
            " score below is not final.\n"
        )


def _part_lines(report: Report, rows: Sequence[_Row]) -> Iterator[str]:
    for part in report.parts:
        of_part = [(check, outcome) for check, outcome in rows if check.part == part.id]
        if not of_part:
            continue
        score = show_points(round(sum(o.score for _, o in of_part if o), 6))
        points = show_points(round(sum(check.points for check, _ in of_part), 6))
        extra = ", extra credit" if part.optional else ""
        yield f"part {part.id} {part.title}: {score} of {points}{extra}"


def _kept(report: Report, rows: Sequence[_Row]) -> KeptGrading:
    shown = {check.id: outcome for check, outcome in rows if outcome and check.visible}
    return KeptGrading(
        assignment=report.assignment,
        verdicts={check.id: outcome.verdict.value if outcome else "" for check, outcome in rows},
        scores={check.id: round(outcome.score, 6) if outcome else 0.0 for check, outcome in rows},
        seeds={name: outcome.seed for name, outcome in shown.items()},
        inputs={name: outcome.inputs for name, outcome in shown.items()},
        measurements={name: _measured(outcome) for name, outcome in shown.items()},
        undecided=len(report.broken) + sum(1 for _, outcome in rows if outcome is None),
        points=report.points,
        extra_score=_points(rows).extra_score,
        extra_points=_points(rows).extra_points,
        graded_at=report.graded_at,
        seed=report.seed,
        versions={"autograder": autograder.__version__},
        files=_mapping(report.files),
        content=_mapping(report.content),
        isolation=_mapping(report.isolation),
        machine=_mapping(report.machine),
    )


def _measured(outcome: Outcome) -> tuple[Measurement, ...]:
    """Those with numbers that JSON has."""
    return tuple(m for m in outcome.measurements if math.isfinite(m.value))


def _mapping(facts: Mapping[str, str]) -> dict[str, str]:
    first = islice(facts.items(), ENTRIES)
    return {one_line(key, NAME_LENGTH): one_line(value, NAME_LENGTH) for key, value in first}


def _cut_bytes(text: str, limit: int) -> str:
    """At most `limit` bytes of UTF-8, never half a character."""
    data = text.encode()
    if len(data) <= limit:
        return text
    mark = "\n[... cut ...]"
    return data[: limit - len(mark)].decode(errors="ignore") + mark
