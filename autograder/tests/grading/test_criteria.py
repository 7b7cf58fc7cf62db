"""What a check allows, read from its source."""

from pathlib import Path

import pytest

from autograder.grading.declaring.criteria import Criteria, criteria_of
from autograder.grading.expectations.tolerance import rounding
from autograder.model.errors import GraderError
from autograder.tests.release.small import mean_of, small_course

UNIT = f"{rounding(terms=1).relative:.2g}"
SIZED = 'sizes={"n": 1000}'


def criteria(tmp_path: Path, body: str, beside: str = "") -> Criteria:
    """The criteria of a check with this body, in a file with these functions beside it."""
    assignment = mean_of(small_course(tmp_path / "course"))
    rows = "\n".join(f"    {row}" for row in body.splitlines())
    path = tmp_path / "check_it.py"
    path.write_text(f"{beside}\n\ndef check_it(student, budgets):\n{rows}\n")
    return criteria_of(path, "check_it", assignment)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            'close(a, b, rtol=1e-10, why="sums")',
            "the result: off by at most 1e-10 of its size (sums)",
        ),
        (
            'close(a, b, rtol=1e-9, atol=0.5, why="w", what="the loss")',
            "the loss: off by at most 1e-09 of its size + 0.5 (w)",
        ),
        ('close(a, b, rtol=0.0, why="3 of 4")', "the result: exactly (3 of 4)"),
        (
            'close(a, b, rtol=0.0, atol=6 * sd(v), why="six deviations")',
            "the result: off by at most 6 * sd(v) (six deviations)",
        ),
        (
            'close(a, b, rtol=1e-3, why=f"about {n}", what=f"model {i} of {n}")',
            "model … of …: off by at most 0.001 of its size (about …)",
        ),
        (
            "close(a, b, within=rounding(terms=len(x)))",
            f"the result: off by at most {UNIT} of its size, times the number of terms (float64)",
        ),
        (
            'close(a, b, within=rounding(terms=n + 1, condition=k, size=2.0, why="w"))',
            f"the result: off by at most {2 * rounding(terms=1).relative:.2g}, times"
            " the number of terms and the condition number (float64: w)",
        ),
        (
            "close(a, b, within=rounding(terms=n, dtype=kind))",
            "the result: off by at most 1 x the precision of its dtype, times the number of terms",
        ),
        (
            'close(a, b, within=rounding(terms=3, dtype="float46"))',
            "the result: off by at most 3 x the precision of its dtype",
        ),
        ("close(a, b, within=TOLERANCES[0])", "the result: off by rounding errors at most"),
        ('equal(a, 3, what="the count")', "the count: exactly"),
        ('number(a, low=0.0, high=0.09, what="the share")', "the share: at least 0, at most 0.09"),
    ],
)
def test_a_comparison_is_a_sentence(tmp_path: Path, call: str, told: str) -> None:
    """It says what is compared, how far off it may be, and why, in words and numbers."""
    assert criteria(tmp_path, f"expect.{call}") == Criteria((told,), ())


def test_predicted_costs_tell_what_they_may_be_off(tmp_path: Path) -> None:
    """They are exact where no tolerance is given."""
    body = """accounting.compare(student.f, measure=m, unit="bytes", relative=0.1, absolute=2 * K)
accounting.compare(student.g, measure=m, unit="FLOPs")"""
    assert criteria(tmp_path, body).comparisons == (
        "a prediction in bytes, beside what is measured: off by at most 0.1 of its size + 2 * K",
        "a prediction in FLOPs, beside what is measured: exactly",
    )


def test_a_number_without_bounds_allows_everything(tmp_path: Path) -> None:
    """It has no sentence, and statements and functions of other modules have none."""
    body = 'expect.number(a)\nexpect.that(a, "no")\nnumpy.equal(a, b)\nclose(a)'
    assert criteria(tmp_path, body) == Criteria((), ())


def test_rounding_is_computed(tmp_path: Path) -> None:
    """The number and the words are those that a failure shows."""
    (told,) = criteria(tmp_path, "expect.close(a, b, within=rounding(terms=20))").comparisons
    tolerance = rounding(terms=20)
    assert (
        told == f"the result: off by at most {tolerance.relative:.2g} of its size ({tolerance.why})"
    )
    absolute = "expect.close(a, b, within=rounding(terms=20, size=2.0))"
    (told,) = criteria(tmp_path, absolute).comparisons
    assert told.startswith(
        f"the result: off by at most {rounding(terms=20, size=2.0).absolute:.2g} ("
    )


def test_names_are_followed(tmp_path: Path) -> None:
    """A name is replaced by what is assigned to it in the check, or in the file."""
    body = 'why = "sums"\nexpect.close(a, b, rtol=SMALL, why=why, what=WHAT)'
    told = criteria(tmp_path, body, 'SMALL = 1e-7\nWHAT = "the loss"').comparisons
    assert told == ("the loss: off by at most 1e-07 of its size (sums)",)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('_off(a, rounding(terms=20), "the loss")', "the loss: {} (float64, 20 terms)"),
        (
            '_off(a, rounding(terms=20), f"the loss of {n}")',
            "the loss of …: {} (float64, 20 terms)",
        ),
        ("_off(a, rounding(terms=20))", "the mean: {} (float64, 20 terms)"),
        (
            'n, size = 20, 3\n_off(a, rounding(terms=n), what="the {}".format(n))',
            "the …: {} (float64, 20 terms)",
        ),
        (
            '_off(a, rounding(terms=20), "the mean" if n else "the sum")',
            "the result: {} (float64, 20 terms)",
        ),
        ("_off(a, RULES[n], label(n))", "the result: off by rounding errors at most"),
    ],
)
def test_what_a_function_is_given_is_followed(tmp_path: Path, body: str, told: str) -> None:
    """Its parameters stand for what the check gives them, or for their defaults."""
    beside = (
        'def _off(a, within, what="the mean"):\n    expect.close(a, 1, within=within, what=what)'
    )
    off = f"off by at most {rounding(terms=20).relative:.2g} of its size"
    assert criteria(tmp_path, body, beside).comparisons == (told.format(off),)


def test_a_name_of_the_function_hides_that_of_the_file(tmp_path: Path) -> None:
    """A loop sets it to something else each time."""
    body = 'for W in x:\n    expect.equal(a, W, what=f"the {W}")'
    assert criteria(tmp_path, body, 'W = "loss"').comparisons == ("the …: exactly",)


def test_a_name_stands_for_what_it_was_given_last(tmp_path: Path) -> None:
    """The last assignment above the comparison counts, also in nested blocks."""
    body = (
        'for _ in x:\n    why = "first"\n    expect.close(a, b, rtol=1e-3, why=why)\n'
        'why = "second"\nexpect.close(a, b, rtol=1e-3, why=why)\nwhy = "third"'
    )
    told = criteria(tmp_path, body).comparisons
    assert told == tuple(
        f"the result: off by at most 0.001 of its size ({why})" for why in ("first", "second")
    )


def test_functions_of_the_file_are_followed(tmp_path: Path) -> None:
    """Functions that the check calls or passes on count, directly or not; each sentence once."""
    beside = (
        "def _models(m):\n    expect.equal(m, 3)\n    _deeper()\n\n\n"
        'def _deeper():\n    expect.equal(1, 1, what="the depth")\n    _models(0)\n\n\n'
        'def _verify():\n    expect.equal(1, 1, what="the verified")\n\n\n'
        'def _other():\n    expect.equal(1, 1, what="the other")\n'
    )
    told = criteria(tmp_path, "_models(1)\n_models(2)\nrun(verify=_verify)", beside).comparisons
    assert told == ("the result: exactly", "the verified: exactly", "the depth: exactly")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            f'memory("mean_memory", f, inputs=g, {SIZED})',
            "mean_memory, memory: at most 8*n + 64*KiB bytes; for n = 1000 that is 73.5 kB",
        ),
        (
            'memory("mean_memory", f, inputs=g, sizes={"n": len(x)})',
            "mean_memory, memory: at most 8*n + 64*KiB bytes",
        ),
        (
            'memory("mean_memory", f, inputs=g, sizes={"m": 1})',
            "mean_memory, memory: at most 8*n + 64*KiB bytes, for m = 1",
        ),
        (
            f'operations("mean_steps", f, {SIZED})',
            "mean_steps, operations: at most 50 interpreter steps",
        ),
        (
            'growth("mean_steps", f, inputs=g, sizes=(1, 2, 4, 8))',
            "mean_steps, operations: interpreter steps at most 50, over sizes 1, 2, 4, 8",
        ),
        ('time("mean_time", f, inputs=g)', "mean_time: not in assignment.toml"),
    ],
)
def test_a_budget_is_told_with_its_formula(tmp_path: Path, call: str, told: str) -> None:
    """Where the check names its sizes, the value of the formula is shown too."""
    assert criteria(tmp_path, f"budgets.{call}") == Criteria((), (told,))


def test_a_check_that_is_not_in_the_file_is_an_error(tmp_path: Path) -> None:
    """It raises an error and does not return an empty list."""
    criteria(tmp_path, "pass")
    with pytest.raises(GraderError, match=r"check_it\.py has no check check_that"):
        criteria_of(
            tmp_path / "check_it.py", "check_that", mean_of(small_course(tmp_path / "other"))
        )
