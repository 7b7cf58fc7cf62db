"""results.json while grading goes on: complete from the first moment, better with each check.

Called by the driver alone.
"""

from pathlib import Path

from msgspec.structs import replace

from autograder.gradescope.plan import Plan, empty_report
from autograder.gradescope.results_file import (
    NOT_STARTED,
    emergency_results,
    encode_results,
    write_results,
)
from autograder.model.errors import GraderError
from autograder.model.outcome import Message, Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render.gradescope_results import render_results


class ResultsSoFar:
    """The outcomes so far, and the file that shows them.

    Once abandoned, the file does not change any more: the first reason is the true one.
    """

    def __init__(self, plan: Plan) -> None:
        """Write every declared check with score 0."""
        self._plan = plan
        self._outcomes: dict[str, Outcome] = {}
        self._abandoned = False
        self._write(empty_report(plan.assignment))

    def decided(self, outcome: Outcome) -> None:
        """Take in one outcome and update the file.

        Raises GraderError or OSError when the file cannot be updated; the last one stays.
        """
        self._outcomes[outcome.check.id] = outcome
        if not self._abandoned:
            self._write(self._report())

    def finish(self, report: Report) -> bool:
        """Write the final report; a declared check that it lacks was not decided.

        Returns whether everything was decided.
        """
        if self._abandoned:
            return False
        whole = self._completed(report, Verdict.GRADER_ERROR, "The grader gave no verdict.")
        self._write(whole)
        return not whole.broken

    def refuse(self, reason: str) -> None:
        """Write that the submission could not be taken in: no check can pass on it."""
        report = empty_report(self._plan.assignment, reason)
        self._write(self._completed(report, Verdict.NOT_FOUND, reason))

    def abandon(self, reason: str) -> None:
        """Write what is decided, and for everything else that the grader failed, and why."""
        if self._abandoned:
            return
        self._abandoned = True
        report = self._report(reason)
        try:
            self._write(self._completed(report, Verdict.GRADER_ERROR, reason))
        except GraderError:
            # An outcome itself cannot be shown (a score that is no number, say): show the others.
            shown = tuple(o for o in report.outcomes if _can_be_shown(report, o))
            report = replace(report, outcomes=shown)
            self._write(self._completed(report, Verdict.GRADER_ERROR, reason))

    def _report(self, *notices: str) -> Report:
        report = empty_report(self._plan.assignment, *notices)
        return replace(report, outcomes=tuple(self._outcomes.values()))

    def _completed(self, report: Report, verdict: Verdict, reason: str) -> Report:
        """The report with this verdict for every declared check that it lacks."""
        decided = {outcome.check.id for outcome in report.outcomes}
        missing = [
            Outcome(check=check, verdict=verdict, message=Message(reason))
            for check in self._plan.declared
            if check.id not in decided
        ]
        return replace(report, outcomes=(*report.outcomes, *missing))

    def _write(self, report: Report) -> None:
        results = render_results(report, self._plan.declared)
        write_results(self._plan.layout.results, results)


def write_not_started(path: Path, reason: str) -> None:
    """Without a plan: the results of run_autograder, which name every check, stay if they exist."""
    if not path.exists():
        write_results(path, emergency_results(f"{NOT_STARTED}\n{reason}"))


def _can_be_shown(report: Report, outcome: Outcome) -> bool:
    try:
        encode_results(render_results(replace(report, outcomes=(outcome,))))
    except GraderError:
        return False
    return True
