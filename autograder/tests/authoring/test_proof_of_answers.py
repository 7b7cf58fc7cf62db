"""The proof of answers: a value that no check judges is found, and what need not be is declared."""

from pathlib import Path

import pytest

from autograder.authoring.proofs.kind import CHANGED, NEW, OTHERWISE, Ratio, Setting, Unit
from autograder.authoring.proofs.kinds.answers import Answers, AnswersLine, line_of
from autograder.authoring.proofs.prove import kinds_named, prove
from autograder.authoring.proofs.record import write_record
from autograder.grading.running.session import ignore
from autograder.model.check import CheckDeclaration
from autograder.model.errors import GraderError
from autograder.model.outcome import AlteredRun, Outcome
from autograder.model.verdict import Verdict
from autograder.tests.authoring.course import CHECKS, replace, tiny_of, write

FILE = "assignments/tiny/checks/check_answers.py"
CHECK = """

@check(part="1.1", points=1, hint="handout", requires="R1.1a"{declared})
def {name}(student, rng):
    \"\"\"It holds.\"\"\"
    x = rng.random(7)
"""
# both call mean_square, whose reference is right
EACH_OTHER = """
    first, second = (expect.number(student.mean_square(x)) for _ in range(2))
    expect.close(first, second, rtol=1e-6, why='x')
"""
IGNORED = "    student.mean_square(x)\n"
JUDGED = "    expect.close(student.mean_square(x), (x @ x) / 7, rtol=1e-6, why='x')\n"


def with_checks(course: Path, *checks: tuple[str, str, str]) -> None:
    """Write these as the only checks: name, further arguments of @check, body."""
    for path in course.glob("*/tiny/checks/check_*.py"):
        path.unlink()
    found = [CHECK.format(name=name, declared=more) + body for name, more, body in checks]
    write(course, FILE, CHECKS + "".join(found))


def proved(course: Path) -> list[str]:
    """What the proof finds, after it has graded what is due."""
    found = prove(Setting(tiny_of(course), course, 2), kinds_named(["answers"]), False, ignore)
    return [finding.removeprefix("answers: ") for finding in found]


def kind_of(course: Path) -> Answers:
    """The proof of the course as it is now."""
    return Answers(Setting(tiny_of(course), course))


def test_a_check_with_an_unjudged_value_is_caught(course: Path) -> None:
    """Whatever is altered, it passes."""
    with_checks(course, ("check_ours", "", IGNORED))
    kinds = "changed sign zeros NaN None shape"
    assert proved(course) == [f"check_ours: mean_square(1).returned: {kinds}: PASSED"]


def test_a_check_that_compares_values_with_each_other_only_is_caught(course: Path) -> None:
    """It notices one altered value, and not that all of them are."""
    with_checks(course, ("check_ours", "", EACH_OTHER))
    assert proved(course) == ["check_ours: mean_square(all).returned: changed sign zeros: PASSED"]


def test_a_check_that_judges_its_values_is_proved_once(course: Path) -> None:
    """And again when it has changed; not when only its declarations have."""
    with_checks(course, ("check_ours", "", JUDGED))
    assert kind_of(course).due()["check_ours"] == NEW
    assert proved(course) == []
    assert kind_of(course).due() == {}
    replace(course / FILE, 'requires="R1.1a"', 'requires="R1.1a", unjudged={"f(*): *": "why"}')
    assert kind_of(course).due() == {}
    replace(course / FILE, "(7)", "(8)")
    assert kind_of(course).due()["check_ours"] == CHANGED


def test_what_need_not_be_judged_is_declared(course: Path) -> None:
    """A pattern excuses what fits, and is itself a finding where it excuses nothing."""
    reason = ', unjudged={"mean_square(*).returned: *": "one aspect", "other(*): *": "none"}'
    with_checks(course, ("check_ours", reason, IGNORED))
    expected = "check_ours: unjudged 'other(*): *' excuses nothing: remove it"
    assert proved(course) == [expected]
    assert list(kind_of(course).ratios()) == [Ratio(0, 1), Ratio(2, 6)]


@pytest.mark.parametrize(("body", "judges"), [(JUDGED, True), (EACH_OTHER, False)])
def test_another_check_that_is_named_must_judge_the_same(
    course: Path, body: str, judges: bool
) -> None:
    """It must notice what this check lets pass, in every call at once too."""
    ours = ("check_ours", ', judged_by="check_other"', IGNORED)
    with_checks(course, ours, ("check_other", "", body))
    left = [] if judges else ["check_ours: mean_square(1).returned: changed sign zeros: PASSED"]
    assert [finding for finding in proved(course) if "check_ours" in finding] == left


def line(check: str, *runs: tuple[str, str, Verdict]) -> AnswersLine:
    """The line of a check with these alterations: place, kind, verdict."""
    made = tuple(
        AlteredRun(p, "f(all)." + p.partition(".")[2], k, v, "Traceback\nTypeError: no")
        for p, k, v in runs
    )
    declaration = CheckDeclaration(id=check, title="", part="1.1", points=1)
    outcome = Outcome(check=declaration, verdict=Verdict.PASSED, alterations=made)
    return line_of(Unit(check, "code"), outcome)


def test_a_measured_value_is_judged_where_it_is_measured(course: Path) -> None:
    """No other check is an excuse."""
    with_checks(
        course,
        ("check_ours", ', judged_by="check_other"', IGNORED),
        ("check_other", "", JUDGED),
    )
    places = "f(1).measured", "f(1).returned"
    lines = {
        "check_ours": line("check_ours", *((p, "sign", Verdict.PASSED) for p in places)),
        "check_other": line("check_other", *((p, "sign", Verdict.WRONG) for p in places)),
    }
    write_record(tiny_of(course), "answers", lines)
    assert list(kind_of(course).findings()) == ["check_ours: f(1).measured: sign: PASSED"]


def test_what_an_unproved_check_judges_is_no_finding(course: Path) -> None:
    """It is due, which is said elsewhere; until then it may judge what the other lets pass."""
    with_checks(
        course, ("check_ours", ', judged_by="check_other"', IGNORED), ("check_other", "", JUDGED)
    )
    passes = line("check_ours", ("f(1).returned", "sign", Verdict.PASSED))
    write_record(tiny_of(course), "answers", {"check_ours": passes})
    assert list(kind_of(course).findings()) == []
    blind = {"check_ours": passes, "check_other": line("check_other")}
    write_record(tiny_of(course), "answers", blind)
    assert list(kind_of(course).findings()) == ["check_ours: f(1).returned: sign: PASSED"]


def test_what_passes_in_every_call_is_one_entry() -> None:
    """So that a record is short; else each call is named."""
    passed, wrong = Verdict.PASSED, Verdict.WRONG
    calls = "f(1).returned", "f(2).returned", "f(all).returned"
    always = line("check_ours", *((call, "sign", passed) for call in calls))
    assert always.passed == {"f(all).returned": {"f(*).returned": "sign"}}
    verdicts = zip(calls, (wrong, passed, passed), strict=True)
    once = line("check_ours", *((call, "sign", verdict) for call, verdict in verdicts))
    assert once.passed == {"f(all).returned": {call: "sign" for call in calls[1:]}}
    assert once.judged == {}


def test_an_alteration_that_breaks_a_check_is_a_finding(course: Path) -> None:
    """It has no excuse."""
    reason = ', unjudged={"f(1).returned: None": "why not"}'
    with_checks(course, ("check_ours", reason, IGNORED))
    runs = [("f(1).returned", "None", Verdict.GRADER_ERROR)]
    write_record(tiny_of(course), "answers", {"check_ours": line("check_ours", *runs)})
    finding = "check_ours: f(1).returned: None: GRADER_ERROR: TypeError: no"
    assert next(kind_of(course).findings()) == finding


def test_the_reference_must_pass(course: Path) -> None:
    """Otherwise nothing can be said, and it is tried again."""
    with_checks(course, ("check_ours", "", "    expect.fail('no')\n"))
    assert proved(course) == ["check_ours: WRONG with the reference: no / hint: see handout"]
    assert kind_of(course).due() == {"check_ours": OTHERWISE}


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        (', judged_by="check_our"', "judged_by 'check_our' is no other check; did you mean"),
        (', judged_by="check_ours"', "judged_by 'check_ours' is no other check"),
        (", judged_by=3", "judged_by must be a text or a tuple of texts, not 3"),
        (', unjudged={"f: *": ""}', "unjudged must be a dict, from a pattern to its reason"),
        (', unjudged="f: *"', "unjudged must be a dict"),
    ],
)
def test_a_declaration_that_is_not_valid_is_refused(
    course: Path, declared: str, message: str
) -> None:
    """With file and line."""
    with_checks(course, ("check_ours", declared, IGNORED))
    with pytest.raises(GraderError, match=r"check_answers.py:\d+: check_ours: ") as caught:
        list(kind_of(course)._excuses)
    assert message in str(caught.value)
