"""What predictions need not know, and what they may take themselves."""

import pytest

from autograder.model.verdict import Verdict
from autograder.tests.grading.tiny import Tiny, by_name, check_source

COMPARE = """
accounting.compare(
    student.f, configurations=[{{"n": 100}}, {{"n": 900}}], measure=lambda n: float({measured}),
    unit={unit!r}, absolute=10, constant={constant},
)
"""
KEEPS = "def f(n):\n    return len([(k, k / 2) for k in range(9 * n)])\n"


def verdict(tiny: Tiny, source: str, measured: str, unit: str, constant: float = 0.0) -> Verdict:
    """Of a prediction, where this is measured."""
    body = COMPARE.format(measured=measured, unit=unit, constant=constant)
    tiny.checks(check_source("cost", body))
    return by_name(tiny.grade(source))["cost"].verdict


@pytest.mark.parametrize(
    ("measured", "constant", "expected"),
    [
        ("8 * n + 95", 100, Verdict.PASSED),
        ("8 * n + 95", 0, Verdict.WRONG),
        ("8 * n + 120", 100, Verdict.WRONG),
        ("8.2 * n", 200, Verdict.WRONG),
        ("8 * n - 95", 100, Verdict.WRONG),
    ],
)
def test_what_does_not_grow_need_not_be_predicted(
    tiny: Tiny, measured: str, constant: float, expected: Verdict
) -> None:
    """As much as the check allows, the same for all configurations, and never too much."""
    assert verdict(tiny, "def f(n):\n    return 8 * n\n", measured, "bytes", constant) is expected


def test_a_loop_may_keep_something_of_each_predicted_step(tiny: Tiny) -> None:
    """Where steps are predicted; operations and bytes are predicted without paying them."""
    assert verdict(tiny, KEEPS, "9 * n", "steps") is Verdict.PASSED
    assert verdict(tiny, KEEPS, "9 * n", "FLOPs") is Verdict.WRONG
