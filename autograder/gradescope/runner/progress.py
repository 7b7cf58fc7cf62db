"""results.json while grading goes on: complete from the first moment, better with each check."""

from pathlib import Path

import msgspec

from autograder.gradescope.plan import Plan
from autograder.gradescope.results_file import (
    NOT_STARTED,
    emergency_results,
    encode_results,
    write_results,
)
from autograder.model.check import CheckDeclaration
from autograder.model.errors import GraderError
from autograder.model.outcome import Message, Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render.gradescope_results import render_results


class Progress:
    """The outcomes so far, and the file that shows them.

    Once abandoned, the file does not change any more: the first reason is the true one.
    """

    def __init__(self, results: Path) -> None:
        self._results = results
        self._plan: Plan | None = None
        self._outcomes: dict[str, Outcome] = {}
        self._abandoned = False

    def begin(self, plan: Plan) -> None:
        """Write every declared check with score 0."""
        self._plan = plan
        self._write(plan.empty_report())

    def decided(self, outcome: Outcome) -> None:
        """Take in one outcome and update the file.

        Raises GraderError or OSError when the file cannot be updated; the last one stays.
        """
        self._outcomes[outcome.check.id] = outcome
        if self._plan and not self._abandoned:
            self._write(self._so_far(self._plan))

    def finish(self, report: Report) -> bool:
        """Write the final report; a declared check that it lacks was not decided.

        Returns whether everything was decided.
        """
        if self._plan is None:
            raise GraderError("a report arrived before the list of checks")
        if self._abandoned:
            return False
        whole = _with_undecided(report, self._plan.declared, "The grader gave no verdict.")
        self._write(whole)
        return not whole.broken

    def refuse(self, reason: str) -> None:
        """Write that the submission could not be taken in: no check can pass on it."""
        if self._plan is None:
            raise GraderError("a submission was read before the list of checks")
        report = msgspec.structs.replace(self._plan.empty_report(), notices=(reason,))
        self._write(_completed(report, self._plan.declared, Verdict.NOT_FOUND, reason))

    def abandon(self, reason: str) -> None:
        """Write what is decided, and for everything else that the grader failed, and why."""
        if self._abandoned:
            return
        self._abandoned = True
        if self._plan is None:
            if not self._results.exists():  # run_autograder's own names every check: better
                write_results(self._results, emergency_results(f"{NOT_STARTED}\n{reason}"))
            return
        report = self._so_far(self._plan)
        report = msgspec.structs.replace(report, notices=(*report.notices, reason))
        declared = self._plan.declared
        try:
            self._write(_with_undecided(report, declared, reason))
        except GraderError:
            # An outcome itself cannot be shown (a score that is no number, say): show the others.
            shown = tuple(o for o in report.outcomes if _can_be_shown(report, o))
            report = msgspec.structs.replace(report, outcomes=shown)
            self._write(_with_undecided(report, declared, reason))

    def _so_far(self, plan: Plan) -> Report:
        outcomes = tuple(self._outcomes.values())
        return msgspec.structs.replace(plan.empty_report(), outcomes=outcomes)

    def _write(self, report: Report) -> None:
        declared = self._plan.declared if self._plan else ()
        write_results(self._results, render_results(report, declared))


def _can_be_shown(report: Report, outcome: Outcome) -> bool:
    try:
        encode_results(render_results(msgspec.structs.replace(report, outcomes=(outcome,))))
    except GraderError:
        return False
    return True


def _with_undecided(report: Report, declared: tuple[CheckDeclaration, ...], reason: str) -> Report:
    return _completed(report, declared, Verdict.GRADER_ERROR, reason)


def _completed(
    report: Report, declared: tuple[CheckDeclaration, ...], verdict: Verdict, reason: str
) -> Report:
    decided = {outcome.check.id for outcome in report.outcomes}
    missing = [
        Outcome(check=check, verdict=verdict, message=Message(reason))
        for check in declared
        if check.id not in decided
    ]
    return msgspec.structs.replace(report, outcomes=(*report.outcomes, *missing))
