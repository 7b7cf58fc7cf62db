"""Checks, oracles and programs that are broken: GRADER_ERROR, and no outcome is lost."""

import pytest

from autograder.grading.declaring.declare import declared_checks
from autograder.model.assignment import load_assignment
from autograder.model.errors import GraderError
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.tests.grading.test_report import ECHO, GOOD, verdicts
from autograder.tests.grading.tiny import (
    Tiny,
    by_name,
    check_source,
    graded_once,
    text_of,
)

BROKEN = {
    "exception": "{}['missing']",
    "assertion": "assert student.f(1) == 2",
    "sys.exit": "raise SystemExit(0)",
    "interrupt by name": "import pytest\npytest.skip('not today')",
    "unknown fixture": None,
    "no such oracle": "oracle.nothing()",
    "oracle fails": "oracle.fails(1)",
    "not finite": "expect.close(student.f(1.0), np.nan, rtol=1, why='x')",
    "cannot be sent": "student.f({1, 2})",
    "private": "student._hidden(1)",
    "no such program": "student.programs.nothing()",
    "unknown recipe": "recipe('normal', seed=1, shape=(2,))",
    "unknown budget": "budgets.memory('nothing', student.f, inputs=lambda _: (1,), sizes={})",
    "broken callback": "student.apply(lambda x: undefined)",
    "worker used again": "try:\n    student.hang()\nexcept Exception:\n    student.f(1)",
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A grading with many broken hidden checks between two good ones."""
    tiny = Tiny(tmp_path_factory.mktemp("broken") / "course")
    tiny.oracles("def fails(x):\n    return {}[x]\n")
    tiny.toml(call_s=0.3)
    sources = [
        check_source(f"broken_{n}", body)
        if body is not None
        else check_source(f"broken_{n}", "pass").replace("cluster)", "cluster, seed)")
        for n, body in enumerate(BROKEN.values())
    ]
    sources.append(check_source("needs_broken", "pass", needs="check_broken_0"))
    tiny.checks(GOOD)
    last = check_source("last", "expect.equal(student.f(4), 4)")
    tiny.checks("".join([*sources, last]), hidden=True, name="check_hidden.py")
    student = ECHO + "def apply(g):\n    return g(1)\ndef hang():\n    while True:\n        pass\n"
    return graded_once(tmp_path_factory, "broken", lambda: tiny.grade(student, hidden=True))


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_check_is_a_grader_error(broken: Report, name: str) -> None:
    """A broken check is a GRADER_ERROR: no points are decided, and staff see the reason."""
    outcome = broken.outcomes[1 + list(BROKEN).index(name)]
    assert outcome.verdict is Verdict.GRADER_ERROR, text_of(outcome)
    assert outcome.staff


def test_broken_checks_take_no_other_along(broken: Report) -> None:
    """The good checks keep their points, the exit status is 2, nothing is lost."""
    found = by_name(broken)
    assert len(found) == len(BROKEN) + 3
    assert found["good"].verdict is found["last"].verdict is Verdict.PASSED
    assert broken.exit_status == 2
    assert broken.score == 2
    assert len(broken.broken) == len(BROKEN) + 1


def test_what_needs_a_broken_check_is_undecided(broken: Report) -> None:
    """A check behind a broken one costs no points silently: it is GRADER_ERROR, not SKIPPED."""
    assert by_name(broken)["needs_broken"].verdict is Verdict.GRADER_ERROR


def test_a_check_file_that_cannot_be_imported_spoils_only_its_own_checks(tiny: Tiny) -> None:
    """Its checks are in the report, as GRADER_ERROR with the traceback for staff."""
    tiny.checks(GOOD)
    path = tiny.checks(check_source("lost", "pass"), name="check_b.py")
    path.write_text("import no_such_library\n" + path.read_text())
    report = tiny.grade(ECHO)
    assert verdicts(report) == {"good": "PASSED", "lost": "GRADER_ERROR"} or verdicts(report) == {
        "lost": "GRADER_ERROR",
        "good": "PASSED",
    }
    assert "no_such_library" in by_name(report)["lost"].staff
    assert report.exit_status == 2


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def check_x(:\n", "check_tiny.py cannot be read"),
        ("@check(part='1.1', points=1)\ndef check_x(student):\n    pass\n", "check_x has no docst"),
        (check_source("x", "pass", part="9"), "no part '9' in assignment.toml"),
        (check_source("x", "pass", isolation="proceses"), "did you mean 'processes'"),
        (check_source("x", "pass", needs="check_good2") + GOOD, "did you mean 'check_good'"),
        (check_source("x", "pass").replace("points=1", "points=ONE"), "must be literals"),
        (check_source("x", "pass").replace("points=1", "points=1, requires=3"), "a tuple of texts"),
        (check_source("x", "pass").replace("points=1", "weight=1"), r"write @check\(part=\.\.\."),
        ("def check_x():\n    '''Title.'''\n", r"check_x lacks @check\(\.\.\.\)"),
        (GOOD + GOOD, "check_good is declared twice"),
        (
            check_source("a", "pass", needs="check_b") + check_source("b", "pass", needs="check_a"),
            "need each other in a circle",
        ),
    ],
)
def test_a_check_file_that_makes_no_sense_is_an_error(
    tiny: Tiny, source: str, expected: str
) -> None:
    """What cannot even be declared ends everything with file, line and what to do."""
    tiny.checks(source)
    with pytest.raises(GraderError, match=expected):
        declared_checks(load_assignment(tiny.public), hidden=False)


def test_broken_oracles_programs_and_data_keep_every_check_listed(tiny: Tiny) -> None:
    """What uses a file that cannot be imported is a GRADER_ERROR, and there is a report."""
    asks = check_source("asks", "oracle.f(1)")
    tiny.checks(GOOD.replace("student, oracle, rng, budgets", "student") + asks)
    tiny.oracles("import no_such_library")
    report = tiny.grade(ECHO)
    assert verdicts(report) == {"good": "PASSED", "asks": "GRADER_ERROR"}
    tiny.oracles("")
    tiny.programs("import no_such_library")
    report = tiny.grade(ECHO)
    assert verdicts(report) == {"good": "GRADER_ERROR", "asks": "GRADER_ERROR"}
    assert "no_such_library" in by_name(report)["good"].staff


FROM_VALUES = {
    "NaN": "float('nan')",
    "None": "None",
    "ragged": "[[1.0], [1.0, 2.0]]",
    "wrong shape": "np.ones((3, 5))",
    "text": "'one'",
    "overflow": "1e300",
    "overflow of float32": "np.full(2, np.inf, np.float32)",
    "empty": "[]",
    "dict": "{'a': 1.0}",
    "huge int": "10**400",
}


@pytest.mark.parametrize("name", FROM_VALUES)
def test_what_cannot_be_computed_from_a_students_value_is_wrong(tiny: Tiny, name: str) -> None:
    """A check that computes what it expects from the submission's own values blames no grader, and
    costs no other check its result."""
    expected = "(np.asarray(got) @ np.eye(2))[0] ** 2 + float(np.max(got))"
    body = f"got = student.f(1)\nexpect.close(student.g(1), {expected}, rtol=1e-9, why='x')"
    tiny.checks(check_source("computed", body) + check_source("other", "student.g(1)"))
    source = (
        f"import numpy as np\ndef f(x):\n    return {FROM_VALUES[name]}\ndef g(x):\n    return 1.0"
    )
    report = tiny.grade(source)
    assert verdicts(report) == {"computed": "WRONG", "other": "PASSED"}
    outcome = by_name(report)["computed"]
    assert outcome.message is not None
    assert "returned cannot be used" in outcome.message.what, outcome.message
    assert "Traceback" in outcome.staff
