"""Records of mutants and of gradings under load, without any grading."""

from collections import Counter

from autograder.authoring.proofs.mutants import Mutant
from autograder.authoring.proofs.mutation import Fate, Result
from autograder.authoring.proofs.mutation_record import Survivor, mutation_of
from autograder.authoring.proofs.repeats import CheckResult, Results, repeats_of
from autograder.model.assignment import Assignment
from autograder.model.verdict import Verdict

PASSED: Results = (CheckResult("check_a", Verdict.PASSED, 1.0, (), ""),)
FAILED: Results = (CheckResult("check_a", Verdict.WRONG, 0.0, ("off",), ""),)


def result(number: int, fate: Fate, operator: str = "in place or not") -> Result:
    """A graded mutant whose line has quotation marks in it."""
    mutant = Mutant(
        id=f"f/{operator.replace(' ', '-')}/{number:06x}",
        operator=operator,
        file="tiny.py",
        before='x = "a"',
        after='x += "a"',
        text="",
        parts=frozenset(),
    )
    return Result(mutant, fate, "WRONG" if fate is Fate.KILLED else "")


def record_mutants(tiny: Assignment, killed: int, survived: int) -> list[Survivor]:
    """Write mutation.toml; returns the survivors."""
    fates = killed * [Fate.KILLED] + survived * [Fate.SURVIVED]
    results = [result(number, fate) for number, fate in enumerate(fates)]
    mutation = mutation_of(tiny, results, 12.3)
    mutation.write(tiny)
    return mutation.survivors


def record_repeats(tiny: Assignment, same: int, otherwise: int = 0) -> None:
    """Write repeats.toml."""
    seen = Counter({PASSED: same, FAILED: otherwise})
    repeats_of(tiny, +seen, [0.25, 0.5], neighbours=2, seconds=3.0).write(tiny)


def explain(tiny: Assignment, survivors: list[Survivor]) -> None:
    """Write survivors.md with one reason for all."""
    assert tiny.private
    rows = ["# Survivors", "", "They are equal.", "", *(survivor.row for survivor in survivors)]
    (tiny.private / "survivors.md").write_text("\n".join(rows) + "\n", encoding="utf-8")
