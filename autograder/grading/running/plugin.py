"""The pytest plugin: collects `@check` functions and judges each.

pytest collects, orders and guards; what a check means is decided in `judge`. Check files need no
pytest fixtures: a check's arguments are given by name.
"""

import inspect
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from autograder.grading.declaring.decorator import is_check
from autograder.grading.running.judge import Judge
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Outcome
from autograder.model.verdict import Verdict


class CheckItem(pytest.Item):
    """One check, as pytest sees it."""

    def __init__(self, function: Callable[..., None], judge: Judge, **options: Any) -> None:
        super().__init__(**options)
        self.function, self._judge = function, judge
        self.wanted = tuple(inspect.signature(function).parameters)

    def runtest(self) -> None:
        """Judge it; pytest's own verdict only mirrors ours."""
        outcome = self._judge.run(self.name, self.function, self.wanted)
        if outcome.verdict is not Verdict.PASSED:
            pytest.fail(outcome.verdict.sentence, pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where pytest says the check is."""
        return self.path, 0, self.name


class GradingPlugin:
    """Runs the selected checks in the declared order, and loses none."""

    def __init__(self, selected: Iterable[CheckDeclaration], judge: Judge) -> None:
        self._order = {declaration.id: i for i, declaration in enumerate(selected)}
        self._judge = judge
        self.broken_files: dict[str, str] = {}  # file name -> traceback

    def pytest_pycollect_makeitem(self, collector: Any, name: str, obj: Any) -> CheckItem | None:
        """Turn a marked function into a check."""
        if not is_check(obj):
            return None
        item = CheckItem.from_parent(collector, name=name, function=obj, judge=self._judge)
        return item

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why a check file could not be imported."""
        if report.failed:
            self.broken_files[Path(report.nodeid).name] = str(report.longrepr)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Only the selected checks, needed ones first."""
        items[:] = sorted(
            (item for item in items if item.name in self._order),
            key=lambda item: self._order[item.name],
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A check that pytest-timeout stopped, or that never reached `runtest`, is our fault."""
        name = report.nodeid.rpartition("::")[2]
        if report.failed and name in self._order and not self._judge.has_decided(name):
            self._judge.decide_broken(name, str(report.longrepr))

    def pytest_internalerror(self, excrepr: Any) -> None:
        """Kept for staff; every undecided check becomes a GRADER_ERROR."""
        self.broken_files.setdefault("pytest", str(excrepr))


def traceback_of(error: BaseException) -> str:
    """The traceback, for staff."""
    return "".join(traceback.format_exception(error))


OnOutcome = Callable[[Outcome], None]
