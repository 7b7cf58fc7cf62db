"""Checks in pytest: a plugin imports the `@check` functions and has each of them judged.

pytest orders and guards; what a check means is decided in `judge`. Check files need no pytest
fixtures: a check's arguments are given by name. `run.py` calls `run_in_pytest`.
"""

import os
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from autograder.grading.declaring.decorator import is_check
from autograder.grading.running.judge import Judge
from autograder.machine.files import import_file
from autograder.model.check import CheckDeclaration
from autograder.model.verdict import Verdict

_GUARD_SLACK_S = 60.0  # pytest-timeout guards against faults of our own: limits come first
_SETTINGS = str(Path(__file__).with_name("pytest.ini"))  # none


def run_in_pytest(
    paths: Sequence[Path], selected: Sequence[CheckDeclaration], judge: Judge, run_s: float
) -> None:
    """Judge the selected checks of these files, which together may take `run_s` seconds.

    A check that pytest could not run becomes a GRADER_ERROR. Raises KeyboardInterrupt on Ctrl-C.
    """
    plugin = GradingPlugin(paths, selected, judge)
    status = pytest.main(_arguments(run_s), plugins=[plugin])
    if status == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    for declaration in selected:
        if declaration.id not in judge.outcomes:
            reasons = plugin.broken_files
            reason = reasons.get(declaration.file) or "\n".join(reasons.values())
            judge.decide_broken(declaration.id, reason or "pytest did not run it")


def run_without_checks() -> None:
    """Import what pytest imports only when it runs, for gradings that are forked afterwards."""
    pytest.main(_arguments(0.0), plugins=[_NoChecks()])


def _arguments(run_s: float) -> list[str]:
    """No setting and no plugin of the user's is left; no folder is looked through."""
    for name in [name for name in os.environ if name.startswith("PYTEST_")]:
        del os.environ[name]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    return [
        *(_SETTINGS, "-c", _SETTINGS, "--noconftest", "--assert=plain", "--capture=no"),
        *("-p", "pytest_timeout", f"--timeout={run_s + _GUARD_SLACK_S}"),
        *("-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:faulthandler"),
        *("-p", "no:doctest", "-p", "no:unittest", "-p", "no:logging"),
        *("-p", "no:debugging", "-p", "no:warnings"),  # `check --debug` has the plain debugger
        # these two collect garbage five times in a run, and report only faults of our own
        *("-p", "no:unraisableexception", "-p", "no:threadexception"),
    ]


class _NoChecks:
    """Nothing is collected."""

    def pytest_collection(self) -> bool:
        return True


class CheckItem(pytest.Item):
    """One check, as pytest sees it."""

    def __init__(
        self, function: Callable[..., None], judge: Judge, late: bool, **options: Any
    ) -> None:
        super().__init__(**options)
        self.function, self._judge, self._late = function, judge, late

    def runtest(self) -> None:
        """Make its next run, if any; pytest gets a failure for everything but PASSED."""
        if self.name in self._judge.outcomes:
            return
        outcome = self._judge.run(self.name, self.function, late=self._late)
        if outcome is not None and outcome.verdict is not Verdict.PASSED:
            pytest.fail(outcome.verdict.sentence, pytrace=False)


class GradingPlugin:
    """Runs the selected checks in the declared order; every one of them gets an outcome."""

    def __init__(
        self, paths: Sequence[Path], selected: Sequence[CheckDeclaration], judge: Judge
    ) -> None:
        self._paths, self._selected, self._judge = paths, selected, judge
        self.broken_files: dict[str, str] = {}  # file name -> traceback

    def pytest_collection(self, session: pytest.Session) -> bool:
        """In place of pytest's own: it would import the packages around a file, and read its path
        as the name of a test."""
        found = {name: check for path in self._paths for name, check in self._checks_in(path)}
        runs = self._judge.runs
        session.items = [
            CheckItem.from_parent(
                session, name=each.id, function=found[each.id], judge=self._judge, late=late
            )
            for secretly in (False, True)  # all public runs come before the secret ones
            for late in (False, True)  # those that wait come after all others
            for each in self._selected
            if each.id in found and runs(each.id, secretly=secretly)
        ]
        session.testscollected = len(session.items)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A check that pytest-timeout stopped, or that never reached `runtest`, is our fault."""
        name = report.nodeid.rpartition("::")[2]
        if report.failed and name not in self._judge.outcomes:
            self._judge.decide_broken(name, str(report.longrepr))

    def pytest_internalerror(self, excrepr: Any) -> None:
        """Keep it for staff; every undecided check becomes a GRADER_ERROR."""
        self.broken_files.setdefault("pytest", str(excrepr))

    def _checks_in(self, path: Path) -> list[tuple[str, Callable[..., None]]]:
        """Its checks by name; none of a file that cannot be imported, and why is kept."""
        try:
            module = import_file(path, path.stem)
        except KeyboardInterrupt:
            raise
        except BaseException:  # the boundary to code of check authors: exit() and skip() too
            self.broken_files[path.name] = traceback.format_exc()
            return []
        return [(name, value) for name, value in vars(module).items() if is_check(value)]
