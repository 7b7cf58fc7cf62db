"""The score of the grader itself: counted, compared with the one in README.md, written there."""

from pathlib import Path

import msgspec
import pytest

from autograder.authoring import verify as verify_module
from autograder.authoring.proofs.score import (
    EXPLAINED,
    MUTANTS,
    NAMED,
    RIGHT,
    SAME,
    WRONG,
    Ratio,
    Score,
    Tried,
    record_problems,
    recorded_scores,
    regressions,
    score_of,
    score_table,
    total,
    with_declared,
    write_score,
)
from autograder.grading.declaring.proving_programs import Program, programs_of
from autograder.model.assignment import Assignment
from autograder.model.errors import ReleaseError, UsageError
from autograder.model.verdict import Verdict
from autograder.tests.authoring.course import replace, tiny_of
from autograder.tests.authoring.records import explain, record_mutants, record_repeats

FULL = Score(
    assignment="sgd",
    ratios={
        WRONG: Ratio(118, 119),
        RIGHT: Ratio(11, 11),
        MUTANTS: Ratio(90, 100),
        EXPLAINED: Ratio(10, 10),
        SAME: Ratio(200, 200),
    },
    mutated="2026-02-03",
    repeated="2026-02-04",
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


def program(name: str, verdict: Verdict = Verdict.WRONG, reason: str = "") -> Program:
    """A program, with the reason why it cannot be recognised."""
    path = Path("submissions", "folder", f"{name}.py")
    return Program(path=path, title="t", verdict=verdict, not_recognised=reason)


def with_ratio(column: str, ratio: Ratio | None) -> Score:
    """The full score, but for one column."""
    others = {name: known for name, known in FULL.ratios.items() if name != column}
    ratios = others | ({column: ratio} if ratio else {})
    return msgspec.structs.replace(FULL, ratios=ratios)


def test_wrong_data_of_the_lab_is_no_mistake_to_name(tmp_path: Path) -> None:
    """It counts as rejected, but not as a program whose mistake is named."""
    path = tmp_path / "lab_lacks_a_case.py"
    path.with_suffix(".json").write_text("{}")
    tried = Tried()
    tried.add(Program(path=path, title="t", verdict=Verdict.WRONG), True)
    tried.add(program("a"), True)
    assert tried.ratios() == {WRONG: Ratio(2, 2), RIGHT: Ratio(0, 0), NAMED: Ratio(1, 1)}


def test_programs_are_counted_by_kind() -> None:
    """One that is tried twice must come out right twice; one with a reason is not named."""
    tried = Tried()
    for name, good in (("a", True), ("b", True), ("b", False), ("b", True)):
        tried.add(program(name), good)
    tried.add(program("c", reason="it gives no answer"), True)
    tried.add(program("d", Verdict.CRASHED), True)
    tried.add(program("e", Verdict.PASSED), True)
    assert tried.ratios() == {WRONG: Ratio(3, 4), RIGHT: Ratio(1, 1), NAMED: Ratio(1, 3)}


def test_verify_counts_every_program(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each counts once, with whether anything was wrong; the reference does not count."""
    monkeypatch.setattr(verify_module, "build_zips", lambda *_, **__: ({}, []))
    monkeypatch.setattr(verify_module, "stale", lambda *_: [])
    wrong = "wrong/divided_by_three"
    monkeypatch.setattr(
        verify_module, "problems_of", lambda trial, *_: ["told"] if trial.name == wrong else []
    )
    tried, tiny = Tried(), tiny_of(course)
    verify_module.verify(tiny, course, quick=True, jobs=1, say=lambda text: None, tried=tried)
    assert wrong in [program.name for program in programs_of(tiny).usable]
    assert tried.ratios() == {WRONG: Ratio(1, 2), RIGHT: Ratio(1, 1), NAMED: Ratio(0, 1)}


def test_records_are_part_of_the_score(tiny: Assignment) -> None:
    """What was not measured is left out, and a survivor without a reason is not explained."""
    assert score_of(tiny, Tried()).ratios.keys() == {WRONG, RIGHT}
    survivors = record_mutants(tiny, 7, 3)
    explain(tiny, survivors[:2])
    record_repeats(tiny, 5, otherwise=1)
    score = score_of(tiny, Tried())
    assert score.ratios[MUTANTS] == Ratio(7, 10)
    assert score.ratios[EXPLAINED] == Ratio(2, 3)
    assert score.ratios[SAME] == Ratio(5, 6)
    assert len(score.mutated) == len(score.repeated) == len("2026-02-03")


def test_all_assignments_are_added_up() -> None:
    """An assignment without a measurement does not count in it; the dates are the oldest."""
    young = msgspec.structs.replace(with_ratio(SAME, None), mutated="2026-03-03", repeated="")
    summed = total([young, FULL])
    assert (summed.ratios[WRONG], summed.ratios[SAME]) == (Ratio(236, 238), Ratio(200, 200))
    assert NAMED not in summed.ratios
    assert (summed.mutated, summed.repeated) == ("2026-02-03", "2026-02-04")


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
        (SAME, Ratio(250, 250), ""),
    ],
)
def test_a_worse_score_is_told(column: str, ratio: Ratio | None, told: str) -> None:
    """Fewer programs, fewer gradings or a smaller share of mutants; not fewer mutants."""
    found = list(regressions(with_ratio(column, ratio), FULL))
    assert found == ([told] if told else [])


def test_a_quick_run_notices_a_program_that_is_gone(tiny: Assignment) -> None:
    """A quick run tries few programs, and counts all that are declared."""
    tried = Tried()
    for program in programs_of(tiny).usable:
        tried.add(program, True)
    full = score_of(tiny, tried)
    quick = score_of(tiny, Tried())
    assert list(regressions(with_declared(quick, tiny), full)) == []
    assert tiny.private
    (tiny.private / "submissions" / "wrong" / "divided_by_three.py").unlink()
    told = [line.split(":")[0] for line in regressions(with_declared(quick, tiny), full)]
    assert told == ["tiny, wrong rejected", "tiny, mistakes named"]


def test_an_assignment_that_is_not_in_the_table_is_compared_with_nothing() -> None:
    """A new one cannot be worse than before."""
    assert list(regressions(with_ratio(SAME, None), None)) == []


def test_records_may_be_missing_until_they_are_required(tiny: Assignment) -> None:
    """Each problem names the command that writes the record."""
    assert list(record_problems(tiny, required=False)) == []
    assert list(record_problems(tiny, required=True)) == [
        "no mutation.toml: run `python ci/mutation.py tiny --record`",
        "no repeats.toml: run `python ci/repeat_gradings.py tiny --record`",
    ]


def test_records_that_are_there_must_be_good(tiny: Assignment) -> None:
    """Required or not: no survivor without a reason, no flip, nothing stale."""
    (survivor,) = record_mutants(tiny, 2, 1)
    record_repeats(tiny, 5, otherwise=2)
    found = list(record_problems(tiny, required=False))
    assert found == [
        f"survivors.md does not explain a mutant that no check rejects: {survivor.row[2:]}",
        "repeats.toml: 2 of 7 gradings gave another report",
    ]
    explain(tiny, [survivor])
    record_repeats(tiny, 7)
    assert list(record_problems(tiny, required=True)) == []
    assert tiny.private
    replace(tiny.private / "tiny.py", "float(x @ x)", "1.0 * float(x @ x)")
    stale = list(record_problems(tiny, required=False))
    assert [problem.split(" is of ")[0] for problem in stale] == ["mutation.toml", "repeats.toml"]


def test_the_score_reads_back_from_the_readme(readme: Path) -> None:
    """Only the generated table counts; dates are not compared."""
    new = Score(assignment="new", ratios={WRONG: Ratio(1, 1), RIGHT: Ratio(0, 0)})
    write_score(readme.parent, [FULL, new])
    plain = msgspec.structs.replace(FULL, mutated="", repeated="")
    assert recorded_scores(readme.parent) == {"sgd": plain, "new": new}
    before = readme.read_text()
    write_score(readme.parent, [FULL, new])
    assert readme.read_text() == before
    assert before.startswith("# n\n") and before.endswith("\n| a | b |\n")


def test_the_readme_gives_each_number_with_its_command(readme: Path) -> None:
    """And when and where it was measured; what was not counted has no line."""
    write_score(readme.parent, [FULL])
    text = readme.read_text()
    assert "CPUs, Python 3." in text
    assert "- 118 of 119 wrong programs rejected" in text and "`autograder verify --all`" in text
    assert "`python ci/mutation.py ID`, 2026-02-03" in text
    assert "`python ci/repeat_gradings.py ID`, 2026-02-04" in text
    assert "told which mistake" not in text and "mistakes named" not in text
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


def test_the_terminal_shows_a_line_for_each_and_for_all() -> None:
    """The columns are aligned, and one assignment has no line for all."""
    head, sgd, other, everything = score_table(
        [FULL, Score(assignment="other", ratios={WRONG: Ratio(2, 2)})]
    )
    assert head.split("  ")[-1].strip() == "same under load"
    assert sgd.split("  ")[0] == "sgd" and sgd.endswith("200 of 200")
    assert other.endswith("not measured") and "2 of 2" in other
    assert "120 of 121" in everything
    assert len({len(row) for row in (head, sgd, other, everything)}) == 1
    assert len(list(score_table([FULL]))) == 2
