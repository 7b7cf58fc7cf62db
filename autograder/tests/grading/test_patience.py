"""What a grading does not wait for: slow code and code that does not finish."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.grading_context import GradingContext
from autograder.grading.context.student import RemoteFunction, subject
from autograder.grading.fixtures.fixtures import Fixtures
from autograder.grading.running.judge import Judge
from autograder.grading.running.patience import Patience
from autograder.machine.stopwatch import Elapsed
from autograder.model.assignment import Limits
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Outcome
from autograder.model.verdict import Verdict
from autograder.sandbox.time_limits import RunLimit
from autograder.submission.intake import Submission
from autograder.tests.grading.tiny import Tiny, by_name, check_source, text_of

LIMITS = Limits(call_s=20.0, check_s=120.0)
PASSED, STOPPED, SKIPPED = Verdict.PASSED, Verdict.TIME_LIMIT, Verdict.SKIPPED


def calling(function: str, seconds: float, times: int = 1) -> Callable[[CheckRun], None]:
    """A check that calls a function of the submission, each call of which takes so long."""

    def check(run: CheckRun) -> None:
        for _ in range(times):
            run.announce(cast(RemoteFunction, SimpleNamespace(name=function, program=False)), ())
            limit, used = run.call_limit(), Elapsed(seconds, seconds)
            if limit.left_s(used) <= 0:
                left_s = limit.left_s()
                used = Elapsed(left_s, left_s)
                limit.count(used)
                raise limit.fault(f"{function}()", Elapsed(1e-6, 1e-6), ())
            limit.count(used)

    return check


class Grading:
    """A judge, and what it decides of checks that are called `check_0`, `check_1` and so on."""

    def __init__(self, home_s: float | None, secret: bytes | None = None) -> None:
        self.home_s, self.secret = home_s, secret
        self.order: list[str] = []  # in which checks were decided

    def outcomes(self, *checks: Callable[[CheckRun], None]) -> list[Outcome]:
        """Of these checks, run as the plugin does."""
        names = [f"check_{n}" for n in range(len(checks))]
        declared = [CheckDeclaration(id=n, title=n, part="1", points=1) for n in names]
        launcher = cast(Any, SimpleNamespace(spent_s=0.0))
        work = Submission(module="work.py", files={"work.py": b""})
        context = GradingContext(launcher, work, LIMITS, None)
        fixtures = cast(
            Fixtures, SimpleNamespace(give=lambda wanted, _, run: dict.fromkeys(wanted, run))
        )
        patience = Patience(len(checks), self.home_s, "autograder check tiny")
        said = self.order.append
        judge = Judge(
            *(declared, context, fixtures, None, self.secret, RunLimit(1e6), patience),
            lambda outcome: said(outcome.check.id),
        )
        for secretly in (False, True):
            for late in (False, True):
                for name, check in zip(names, checks, strict=True):
                    if name not in judge.outcomes and judge.runs(name, secretly=secretly):
                        judge.run(name, _with_run(check), late=late)
        return [judge.outcomes[name] for name in names]

    def verdicts(self, *checks: Callable[[CheckRun], None]) -> list[Verdict]:
        """The same, verdicts only."""
        return [outcome.verdict for outcome in self.outcomes(*checks)]


def _with_run(check: Callable[[CheckRun], None]) -> Callable[..., None]:
    def function(budgets: CheckRun) -> None:
        check(budgets)

    return function


HANGS, ENDS = calling("f", 1e9), calling("g", 0.1)


def test_other_checks_of_a_function_that_hangs_are_not_run_at_home() -> None:
    """After two of them: with a sentence, and the command that runs them."""
    outcomes = Grading(25.0).outcomes(HANGS, ENDS, HANGS, HANGS, ENDS)
    assert [o.verdict for o in outcomes] == [STOPPED, PASSED, STOPPED, SKIPPED, PASSED]
    assert text_of(outcomes[3]) == (
        "not run: in 2 other checks f() did not finish\n"
        "hint: to run it, however long it takes: autograder check tiny --check check_3"
    )
    assert [o.put_off for o in outcomes] == [False, False, False, True, False]


@pytest.mark.parametrize("secret", [None, b"secret"])
def test_on_the_server_they_run_once_all_others_have_run(secret: bytes | None) -> None:
    """So no point is lost: here a third call ends."""
    grading = Grading(None, secret)
    outcomes = grading.outcomes(HANGS, HANGS, calling("f", 0.1), ENDS)
    assert [o.verdict for o in outcomes] == [STOPPED, STOPPED, PASSED, PASSED]
    assert grading.order == ["check_0", "check_1", "check_3", "check_2"]


def test_a_third_function_that_hangs_is_not_waited_for_at_home() -> None:
    """It is no TIME_LIMIT, because it has had less than its limit; who patiently waits sees one."""
    checks = [*(calling(name, 1e9) for name in "abc"), calling("c", 0.1), ENDS]
    outcomes = Grading(25.0).outcomes(*checks)
    assert [o.verdict for o in outcomes] == [STOPPED, STOPPED, SKIPPED, PASSED, PASSED]
    what, detail, _ = text_of(outcomes[2]).splitlines()
    assert what == "not run to its end: c() takes long" and outcomes[2].put_off
    assert detail.startswith("c() was stopped after ")
    assert Grading(None).verdicts(*checks)[2] is STOPPED


def test_all_functions_that_hang_together_take_little_more_than_two_limits() -> None:
    """Two calls have their whole limit; the others share a time that is short, or have a second."""
    functions = [chr(ord("a") + n // 2) for n in range(26)]
    used = list[float]()

    def counted(check: Callable[[CheckRun], None]) -> Callable[[CheckRun], None]:
        def run_and_count(run: CheckRun) -> None:
            try:
                check(run)
            finally:
                used.append(run.limit.used_s)

        return run_and_count

    Grading(25.0).verdicts(*(counted(calling(name, 1e9)) for name in functions))
    assert 2 * 20.0 <= sum(used) <= 2 * 20.0 + 25.0 + 1.0 * len(functions)


def test_slow_calls_share_a_short_time_at_home() -> None:
    """A check is ended between two calls; one that has used its share leaves others theirs."""
    outcomes = Grading(6.0).outcomes(calling("g", 0.5, times=99), ENDS, ENDS)
    assert [o.verdict for o in outcomes] == [SKIPPED, PASSED, PASSED]
    assert text_of(outcomes[0]).splitlines()[:2] == [
        "not run to its end: calls of g() are slow",
        "its calls have taken 3.5 s, its share of the time here",
    ]
    assert Grading(None).verdicts(calling("g", 0.5, times=99), ENDS, ENDS) == [PASSED] * 3


def test_a_program_is_about_the_function_that_it_is_told_to_call() -> None:
    """Its first text, where that is a name."""
    program = RemoteFunction(cast(Any, None), "descend", program=True)
    assert subject(program, ("sgd_random", 3)) == "sgd_random"
    assert subject(program, (3, "two words")) == "descend"
    assert subject(RemoteFunction(cast(Any, None), "f", program=False), ("mode",)) == "f"


def test_a_check_that_is_named_runs_whatever_others_did(tiny: Tiny) -> None:
    """It was asked for; so do all with `patient`."""
    tiny.checks("".join(check_source(f"c{n}", "student.f(3)") for n in range(3)))
    tiny.toml(call_s=1)
    source = "import time\ndef f(x):\n    time.sleep(99)\n"  # an idle machine or not
    verdicts = {n: o.verdict for n, o in by_name(tiny.grade(source)).items()}
    assert verdicts == {"c0": STOPPED, "c1": STOPPED, "c2": SKIPPED}
    assert tiny.grade(checks=("check_c2",)).outcomes[0].verdict is STOPPED
    assert tiny.grade(patient=True).outcomes[2].verdict is STOPPED
