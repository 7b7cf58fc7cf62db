"""The score of the grader itself: counted, compared with the one in README.md, written there."""

from pathlib import Path

import msgspec
import pytest

from autograder.authoring.proofs.kind import Ratio, Setting
from autograder.authoring.proofs.kinds.load import LoadLine
from autograder.authoring.proofs.kinds.mutation import MutantLine
from autograder.authoring.proofs.kinds.programs import ProgramLine
from autograder.authoring.proofs.record import write_record
from autograder.authoring.proofs.score import (
    Score,
    recorded_scores,
    regressions,
    score_of,
    score_table,
    total,
    write_score,
)
from autograder.grading.declaring.proving_programs import programs_of
from autograder.model.assignment import Assignment
from autograder.model.errors import ReleaseError, UsageError
from autograder.tests.authoring.course import tiny_of

WRONG, RIGHT, NAMED = "wrong rejected", "right accepted", "mistakes named"
MUTANTS, EXPLAINED, SAME = "mutants rejected", "survivors explained", "same under load"
FULL = Score(
    assignment="sgd",
    ratios={
        WRONG: Ratio(118, 119),
        RIGHT: Ratio(11, 11),
        MUTANTS: Ratio(90, 100),
        EXPLAINED: Ratio(10, 10),
        SAME: Ratio(200, 200),
    },
    proved={WRONG: "2026-02-02", MUTANTS: "2026-02-03", SAME: "2026-02-04"},
)


@pytest.fixture
def tiny(course: Path) -> Assignment:
    """The scaffolded assignment."""
    return tiny_of(course)


@pytest.fixture
def readme(tmp_path: Path) -> Path:
    """A README with a place for the score."""
    path = tmp_path / "README.md"
    path.write_text("# n\n\n<!-- generated: score -->\n<!-- end -->\n\n| a | b |\n")
    return path


def with_ratio(column: str, ratio: Ratio | None) -> Score:
    """The full score, but for one column."""
    others = {name: known for name, known in FULL.ratios.items() if name != column}
    ratios = others | ({column: ratio} if ratio else {})
    return msgspec.structs.replace(FULL, ratios=ratios)


def record_programs(tiny: Assignment, *failed: str) -> None:
    """Record every program as proved, `failed` ones as not as declared."""
    names = [program.name for program in programs_of(tiny).usable]
    lines = {
        name: ProgramLine(
            unit=name, code="c", date="2026-02-02", problems=("told",) if name in failed else ()
        )
        for name in names
    }
    write_record(tiny, "programs", lines)


def record_others(tiny: Assignment, gradings: int = 6, **survivors: bool) -> None:
    """Record a mutant that is killed, survivors that are explained or not, and a check's flip."""
    mutants = [MutantLine(unit="f/drop/0", code="c", date="2026-02-03", killed_by="check_a")]
    for name in survivors:
        mutants.append(MutantLine(unit=name, code="c", date="2026-02-04", row=row_of(name)))
    write_record(tiny, "mutants", {line.unit: line for line in mutants})
    assert tiny.private
    rows = [row_of(name) for name, explained in survivors.items() if explained]
    (tiny.private / "survivors.md").write_text("\n".join(["They are equal.", "", *rows]))
    flip = LoadLine(unit="check_a", code="c", date="2026-02-05", gradings=gradings, flips=["W"])
    write_record(tiny, "load", {"check_a": flip})


def row_of(survivor: str) -> str:
    """Its line in survivors.md."""
    return f"- `{survivor}/drop/0a`: `x` becomes `y`"


def score_now(tiny: Assignment) -> Score:
    """The score of what is recorded."""
    return score_of(Setting(tiny, tiny.folder.parent.parent))


def test_programs_are_counted_by_kind(tiny: Assignment) -> None:
    """As declared or not; wrong data of the lab is rejected, but it is no mistake to name."""
    assert tiny.private
    wrong = tiny.private / "submissions" / "wrong"
    text = (wrong / "divided_by_three.py").read_text()
    (wrong / "lab.py").write_text(text)
    (wrong / "lab.json").write_text("{}")
    (wrong / "unseen.py").write_text(text.replace("\nmessage", "\nnot recognised: r\nmessage"))
    record_programs(tiny)
    found = score_now(tiny).ratios
    assert found == {WRONG: Ratio(4, 4), RIGHT: Ratio(1, 1), NAMED: Ratio(1, 2)}
    record_programs(tiny, "wrong/divided_by_three", "accepted/by_numpy_mean")
    found = score_now(tiny).ratios
    assert found == {WRONG: Ratio(3, 4), RIGHT: Ratio(0, 1), NAMED: Ratio(0, 2)}


def test_records_are_the_score(tiny: Assignment) -> None:
    """What was not proved is left out, and a survivor without a reason is not explained."""
    assert score_now(tiny).ratios == {}
    record_others(tiny, f=True, g=True, h=False)
    score = score_now(tiny)
    assert score.ratios == {
        MUTANTS: Ratio(1, 4), EXPLAINED: Ratio(2, 3), SAME: Ratio(5, 6)
    }  # fmt: skip
    mutants = dict.fromkeys((MUTANTS, EXPLAINED), "2026-02-03")
    assert score.proved == mutants | {SAME: "2026-02-05"}


def test_all_assignments_are_added_up() -> None:
    """An assignment without a measurement does not count in it; the dates are the oldest."""
    dates = {MUTANTS: "2026-03-03", SAME: ""}
    young = msgspec.structs.replace(with_ratio(SAME, None), proved=dates)
    summed = total([young, FULL])
    assert (summed.ratios[WRONG], summed.ratios[SAME]) == (Ratio(236, 238), Ratio(200, 200))
    assert NAMED not in summed.ratios
    assert summed.proved == FULL.proved


@pytest.mark.parametrize(
    ("column", "ratio", "told"),
    [
        (WRONG, Ratio(117, 117), "sgd, wrong rejected: 117 of 117, before 118 of 119"),
        (RIGHT, Ratio(10, 10), "sgd, right accepted: 10 of 10, before 11 of 11"),
        (MUTANTS, Ratio(179, 200), "sgd, mutants rejected: 179 of 200, before 90 of 100"),
        (MUTANTS, None, "sgd, mutants rejected: not measured, before 90 of 100"),
        (SAME, Ratio(199, 199), "sgd, same under load: 199 of 199, before 200 of 200"),
        (WRONG, Ratio(118, 118), ""),
        (MUTANTS, Ratio(45, 50), ""),
        (EXPLAINED, Ratio(3, 3), ""),
        (EXPLAINED, Ratio(0, 0), ""),
        (SAME, Ratio(250, 250), ""),
    ],
)
def test_a_worse_score_is_told(column: str, ratio: Ratio | None, told: str) -> None:
    """Fewer programs, fewer gradings or a smaller share of mutants; not fewer mutants."""
    found = list(regressions(with_ratio(column, ratio), FULL))
    assert found == ([told] if told else [])


def test_a_program_that_is_gone_or_not_proved_is_told(tiny: Assignment) -> None:
    """Fewer programs than before are a worse score, and so is one without its record."""
    record_programs(tiny)
    before = score_now(tiny)
    assert tiny.private
    program = tiny.private / "submissions" / "wrong" / "divided_by_three.py"
    program.with_stem("another").write_text(program.read_text())
    assert list(regressions(score_now(tiny), before)) == []
    program.unlink()
    told = [line.split(":")[0] for line in regressions(score_now(tiny), before)]
    assert told == ["tiny, wrong rejected", "tiny, mistakes named"]


def test_an_assignment_that_is_not_in_the_table_is_compared_with_nothing() -> None:
    """A new one cannot be worse than before."""
    assert list(regressions(with_ratio(SAME, None), None)) == []


def test_the_score_reads_back_from_the_readme(readme: Path) -> None:
    """Only the generated table counts; dates are not compared."""
    new = Score(assignment="new", ratios={WRONG: Ratio(1, 1), RIGHT: Ratio(0, 0)})
    write_score(readme.parent, [FULL, new])
    plain = msgspec.structs.replace(FULL, proved={})
    assert recorded_scores(readme.parent) == {"sgd": plain, "new": new}
    before = readme.read_text()
    write_score(readme.parent, [FULL, new])
    assert readme.read_text() == before
    assert before.startswith("# n\n") and before.endswith("\n| a | b |\n")


def test_the_readme_gives_each_number_with_its_command(readme: Path) -> None:
    """And when it was proved; what was not counted has no line."""
    write_score(readme.parent, [FULL])
    text = readme.read_text()
    assert "CPUs, Python 3." in text
    assert "- 118 of 119 wrong programs rejected" in text
    for kind, date in (("programs", "02"), ("mutants", "03"), ("load", "04")):
        assert f"`autograder prove --all --only {kind}`, 2026-02-{date}" in text
    assert "told which mistake" not in text
    write_score(readme.parent, [with_ratio(NAMED, Ratio(80, 119))])
    text = readme.read_text()
    assert "- 80 of 119 programs with wrong answers told which mistake they make" in text
    assert recorded_scores(readme.parent)["sgd"].ratios[NAMED] == Ratio(80, 119)


def test_a_readme_without_a_score_or_a_place_for_one(readme: Path, tmp_path: Path) -> None:
    """There is nothing to compare with, and writing the score is an error."""
    assert recorded_scores(tmp_path) == recorded_scores(tmp_path / "none") == {}
    readme.write_text("# n\n")
    with pytest.raises(UsageError, match=r"README\.md has no place for the score: add <!-- gen"):
        write_score(tmp_path, [FULL])
    readme.write_text("<!-- generated: score -->\n")
    with pytest.raises(ReleaseError, match=r"README\.md, line 1: this table has no"):
        write_score(tmp_path, [FULL])


def test_the_terminal_shows_each_and_all() -> None:
    """The columns are aligned, and one assignment has no column for all."""
    scores = [FULL, Score(assignment="other", ratios={WRONG: Ratio(2, 2)})]
    head, *rows = score_table(scores)
    assert head.split() == ["sgd", "other", "all"]
    assert rows[0].startswith("wrong rejected") and rows[0].split()[-6:] == [
        "2",
        "of",
        "2",
        "120",
        "of",
        "121",
    ]
    assert rows[-1].startswith("same under load") and "not measured" in rows[-1]
    assert len({len(row) for row in (head, *rows)}) == 1
    assert next(score_table([FULL])).split() == ["sgd"]
