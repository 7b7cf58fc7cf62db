"""What timed pairs need: workers for both sides, and a judge of the values."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from autograder.grading.budgets.counting import Inputs
from autograder.grading.budgets.sign_test import MOST
from autograder.grading.budgets.timed_calls import JudgeValue, TimedCall, TimedYardstick
from autograder.grading.budgets.timing import Sides, Timed
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.seeds import generator
from autograder.grading.context.student import RemoteFunction
from autograder.model.assignment import Yardstick

Verify = Callable[[tuple[Any, ...], Any, Any], None]  # (arguments, value, expected)
Expected = Callable[..., Any]


def sides_of(
    run: CheckRun,
    yardstick: Yardstick,
    function: RemoteFunction,
    inputs: Inputs,
    judge: JudgeValue,
) -> Sides:
    """Starts a fresh worker of the student's, and one of the yardstick's."""

    @contextmanager
    def sides() -> Iterator[tuple[Timed, Timed]]:
        unit = TimedYardstick(run, yardstick)
        try:
            yield TimedCall(run, function, inputs, judge, unit.arrival_s(inputs)), unit
        finally:
            unit.close()

    return sides


def judge_of(
    run: CheckRun, inputs: Inputs, verify: Verify, expected: Expected | None
) -> JudgeValue:
    """Judges the value of a pair; what is expected is asked once a pair, in their order."""
    answers: dict[int, Any] = {}

    def ask(pair: int) -> Any:
        if pair not in answers and expected is not None:
            answers[pair] = expected(*inputs(generator(run.seed + pair)))
        return answers.get(pair)

    if (
        run.context.modes.recording
    ):  # what the noise of a student's machine may ask for is recorded too
        for pair in range(MOST + 1):
            ask(pair)

    def judge(pair: int, arguments: tuple[Any, ...], value: Any) -> None:
        verify(arguments, value, ask(pair))

    return judge
