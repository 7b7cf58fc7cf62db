"""Checks in pytest: a plugin collects the `@check` functions and has each of them judged.

pytest collects, orders and guards; what a check means is decided in `judge`. Check files need no
pytest fixtures: a check's arguments are given by name. `run.py` calls `run_in_pytest`.
"""

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from autograder.grading.declaring.decorator import is_check
from autograder.grading.running.judge import Judge
from autograder.model.check import CheckDeclaration
from autograder.model.verdict import Verdict

_GUARD_SLACK_S = 60.0  # pytest-timeout guards against faults of our own: limits come first


def run_in_pytest(
    paths: Sequence[Path], selected: Sequence[CheckDeclaration], judge: Judge, run_s: float
) -> None:
    """Judge the selected checks of these files, which together may take `run_s` seconds.

    A check that pytest could not run becomes a GRADER_ERROR. Raises KeyboardInterrupt on Ctrl-C.
    """
    plugin = GradingPlugin(selected, judge)
    with tempfile.TemporaryDirectory(prefix="checks-") as scratch:
        status = pytest.main(_arguments(paths, scratch, run_s), plugins=[plugin])
    if status == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    for declaration in selected:
        if declaration.id not in judge.outcomes:
            reasons = plugin.broken_files
            reason = reasons.get(declaration.file) or "\n".join(reasons.values())
            judge.decide_broken(declaration.id, reason or "pytest did not run it")


def run_without_checks() -> None:
    """Import what pytest imports only when it runs, for gradings that are forked afterwards."""
    with tempfile.TemporaryDirectory(prefix="checks-") as empty:
        pytest.main(_arguments([Path(empty)], empty, 0.0))


def _arguments(paths: Sequence[Path], scratch: str, run_s: float) -> list[str]:
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("PYTEST_ADDOPTS", None)
    settings = Path(__file__).with_name("pytest.ini")
    return [
        *map(str, paths),
        *("-c", str(settings), "--rootdir", scratch, "--confcutdir", scratch),
        *("-p", "pytest_timeout", f"--timeout={run_s + _GUARD_SLACK_S}"),
        *("-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:faulthandler"),
        *("-p", "no:doctest", "-p", "no:unittest", "-p", "no:logging"),
        # these two collect garbage five times in a run, and report only faults of our own
        *("-p", "no:unraisableexception", "-p", "no:threadexception"),
        *("--noconftest", "--import-mode=importlib", "--assert=plain", "--capture=no"),
        "--continue-on-collection-errors",  # a broken check file must not end the others
    ]


class CheckItem(pytest.Item):
    """One check, as pytest sees it."""

    def __init__(self, function: Callable[..., None], judge: Judge, **options: Any) -> None:
        super().__init__(**options)
        self.function, self._judge = function, judge

    def runtest(self) -> None:
        """Make its next run, if any; pytest gets a failure for everything but PASSED."""
        if self.name in self._judge.outcomes:
            return
        outcome = self._judge.run(self.name, self.function)
        if outcome is not None and outcome.verdict is not Verdict.PASSED:
            pytest.fail(outcome.verdict.sentence, pytrace=False)


class GradingPlugin:
    """Runs the selected checks in the declared order; every one of them gets an outcome."""

    def __init__(self, selected: Sequence[CheckDeclaration], judge: Judge) -> None:
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
        """Only the selected checks, needed ones first; all public runs before the secret ones."""
        chosen = [item for item in items if item.name in self._order]
        chosen.sort(key=lambda item: self._order[item.name])
        runs = self._judge.runs
        items[:] = [
            i for secretly in (False, True) for i in chosen if runs(i.name, secretly=secretly)
        ]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A check that pytest-timeout stopped, or that never reached `runtest`, is our fault."""
        name = report.nodeid.rpartition("::")[2]
        if report.failed and name in self._order and name not in self._judge.outcomes:
            self._judge.decide_broken(name, str(report.longrepr))

    def pytest_internalerror(self, excrepr: Any) -> None:
        """Keep it for staff; every undecided check becomes a GRADER_ERROR."""
        self.broken_files.setdefault("pytest", str(excrepr))
