"""What is said when the time of a call, of a check or of a whole grading is used up."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from autograder.grading.context.grading_context import GradingContext
from autograder.grading.fixtures.fixtures import Fixtures
from autograder.grading.running.judge import Judge
from autograder.grading.running.patience import Patience
from autograder.machine.stopwatch import Elapsed
from autograder.model.assignment import Limits
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Outcome
from autograder.model.verdict import Verdict
from autograder.sandbox.time_limits import RunLimit, TimeLimit
from autograder.submission.intake import Submission
from autograder.tests.grading.tiny import Tiny, by_name, check_source, text_of


def test_calls_that_take_too_long_together_say_so(tiny: Tiny) -> None:
    """The check's limit is named, not the rest of it that the last call had."""
    tiny.checks(check_source("many", "for _ in range(9):\n    student.f(3)"))
    tiny.toml(call_s=1.4, check_s=1.5)
    outcome = by_name(tiny.grade("import time\ndef f(x):\n    time.sleep(0.4)\n"))["many"]
    assert outcome.verdict is Verdict.TIME_LIMIT
    what = "the calls of this check took over 1.5 s together: f() was stopped"
    assert outcome.message is not None and outcome.message.what == what
    assert [line.line for line in outcome.lines] == [3]


def test_a_call_on_its_own_names_its_own_limit(tiny: Tiny) -> None:
    """Also when the check has less than that left."""
    tiny.checks(check_source("one", "student.f(3)"))
    tiny.toml(call_s=0.5)
    outcome = by_name(tiny.grade("def f(x):\n    while True:\n        pass\n"))["one"]
    assert outcome.message is not None
    assert outcome.message.what == "f() did not finish within 0.5 s and was stopped"


class Grading:
    """A judge of two checks, whose grading ends when the test says so."""

    def __init__(self, secret: bytes | None = None) -> None:
        self.limit = RunLimit(1e6)
        declared = [CheckDeclaration(id=f"check_{n}", title=n, part="1", points=1) for n in "ab"]
        work = Submission(module="work.py", files={"work.py": b""})
        launcher = cast(Any, SimpleNamespace(spent_s=0.0))
        context = GradingContext(launcher, work, Limits(), None)
        fixtures = cast(Fixtures, SimpleNamespace(give=lambda *_: {}))
        said = list[Outcome]().append
        given = declared, context, fixtures, None, secret, self.limit, Patience(4), said
        self._judge = Judge(*given)

    def end(self) -> None:
        """Its time is used up."""
        self.limit._end = 0.0

    def verdicts(self, *checks: Callable[[], None]) -> list[Verdict | None]:
        """Of the next run of these checks, one after the other; None: another has to follow."""
        made = [self._judge.run(f"check_{n}", f) for n, f in zip("ab", checks, strict=True)]
        return [outcome.verdict if outcome else None for outcome in made]


def hang() -> None:
    """A check in which a call of the submission does not finish."""
    raise TimeLimit(1.0).fault("f()", Elapsed(2.0, 2.0), ())


def passes() -> None:
    """A check that passes."""


def test_the_time_of_the_whole_grading_ends_it() -> None:
    """Without a hang nothing is decided: the machine was slow."""
    grading = Grading()

    def slow() -> None:
        grading.end()
        raise TimeLimit(9.0, within=grading.limit).fault("f()", Elapsed(1.0, 1.0), ())

    assert grading.verdicts(slow, passes) == [Verdict.GRADER_ERROR, Verdict.GRADER_ERROR]


def test_a_check_that_ends_in_time_stays_passed() -> None:
    """What was decided before is kept."""
    grading = Grading()
    assert grading.verdicts(grading.end, passes) == [Verdict.PASSED, Verdict.GRADER_ERROR]


def test_after_a_hang_the_rest_of_a_run_out_of_time_is_the_students() -> None:
    """The checks of a submission that hangs repeatedly are TIME_LIMIT, not GRADER_ERROR."""
    grading = Grading()

    def hang_again() -> None:
        grading.end()
        hang()

    assert grading.verdicts(hang, hang_again) == [Verdict.TIME_LIMIT, Verdict.TIME_LIMIT]
    grading = Grading()
    judged = grading.verdicts(hang, grading.end), grading.verdicts(passes, passes)
    assert judged[1] == [Verdict.TIME_LIMIT, Verdict.TIME_LIMIT]


def test_slow_calls_leave_the_other_checks_their_share() -> None:
    """A third of the time is for those that take more; then each has an equal part of the rest."""
    limit = RunLimit(900.0)
    first = limit.of_check(120.0, done=0, runs=100)
    assert first.left_s() == 120.0
    first.count(Elapsed(310.0, 310.0))
    assert limit.of_check(120.0, done=1, runs=100).left_s() == 6.0
    assert limit.of_check(120.0, done=4, runs=100).left_s() == pytest.approx(20.0)
    late = limit.of_check(120.0, done=1, runs=100).fault("f()", Elapsed(6.1, 6.1), ())
    assert late.verdict is Verdict.TIME_LIMIT
    assert "took over 6 s together, its share of the time" in late.message.what
    assert not limit.used_by_calls()
    limit.count(Elapsed(200.0, 200.0))
    assert limit.used_by_calls()


def test_what_a_call_has_used_when_it_fails_counts(tiny: Tiny) -> None:
    """Checks whose calls end in faults have used the time of the others as well."""
    body = "student.f(3)"
    tiny.checks("".join(check_source(f"c{n}", body) for n in range(3)))
    tiny.toml(call_s=9, check_s=9, run_s=6)
    source = "import os, time\ndef f(x):\n    time.sleep(2.5)\n    os._exit(3)\n"
    report = tiny.grade(source)
    said = [outcome.message.what for outcome in report.outcomes if outcome.message]
    assert [outcome.verdict for outcome in report.outcomes][2] is Verdict.TIME_LIMIT, said
    assert Verdict.GRADER_ERROR not in [outcome.verdict for outcome in report.outcomes]


def test_a_busy_machine_is_not_the_students_fault() -> None:
    """A worker that got no processor leaves its check undecided."""

    def starved() -> None:
        raise TimeLimit(1.0).fault("f()", Elapsed(0.1, 10.5), ())

    assert Grading().verdicts(starved, passes) == [Verdict.GRADER_ERROR, Verdict.PASSED]


def test_a_check_that_had_only_its_public_run_is_undecided() -> None:
    """It passes with inputs that students know, which is not enough for points."""
    grading = Grading(b"secret")
    assert grading.verdicts(passes, passes) == [None, None]
    assert grading.verdicts(grading.end, passes) == [Verdict.PASSED, Verdict.GRADER_ERROR]


def test_public_runs_come_before_secret_ones(tiny: Tiny) -> None:
    """What is left of a secret run, such as a process id, is told in none that is shown."""
    run = 'seen = os.environ.get("SEEN", "")\nos.environ["SEEN"] = seen + "{}"\n'
    ordered = "expect.that(seen in {!r}, seen)"
    a, b = (run.format(n) + ordered.format(s) for n, s in (("a", ("", "ab")), ("b", ("a", "aba"))))
    tiny.checks("import os\n" + check_source("a", a) + check_source("b", b))
    report = tiny.grade("def f(x):\n    return x\n", hidden=True)
    assert [text_of(o) for o in report.outcomes] == ["", ""]
