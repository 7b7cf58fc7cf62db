"""The driver, which run_autograder starts: it grades one submission inside the container.

`python -I -B -m autograder.gradescope.runner.driver ROOT`, where ROOT holds source/, submission/,
results/ and submission_metadata.json. Exit status 0: every check was decided; 2: the grader failed
for at least one. In every case results.json lists every check.
"""

import os
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from autograder.gradescope.plan import Layout, Plan, read_plan, server_request
from autograder.gradescope.runner.metadata import parse_metadata
from autograder.gradescope.runner.progress import ResultsSoFar, write_not_started
from autograder.gradescope.runner.staff_log import metadata_lines, outcome_lines, report_lines
from autograder.gradescope.runner.stopping import GRACE_S, stoppable
from autograder.gradescope.runner.surroundings import (
    close_private_folders,
    close_shared_folders,
    is_gradescope,
    scrub,
    time_budget_s,
)
from autograder.gradescope.runner.tier import tier_notices
from autograder.model.errors import GraderError, SubmissionError
from autograder.model.outcome import Outcome
from autograder.model.report import Report

OnOutcome = Callable[[Outcome], None]
Grade = Callable[[Plan, float, OnOutcome], Report]

SHARE_OF_RUN = 0.95  # grading ends by itself before it is stopped
OUT_OF_TIME = "The time of the container ran out before this was decided."
INTERRUPTED = "The container was stopped before this was decided."
FAILED = "The grader itself failed before this was decided."


def run(layout: Layout, platform_s: str | None, grade: Grade, grace_s: float = GRACE_S) -> int:
    """Grade the submission; returns the exit status.

    `grace_s`: the seconds that a grading has to end when its time is over.
    """
    started = time.monotonic()
    try:
        plan = read_plan(layout)
        results = ResultsSoFar(plan)
    except (Exception, KeyboardInterrupt):  # the boundary of the process: there are always results
        _log([f"the grader failed:\n{traceback.format_exc()}"])
        write_not_started(layout.results, FAILED)
        return 2
    deadline = started + time_budget_s(plan.assignment, platform_s)
    try:
        decided = _run(plan, results, deadline, grade, grace_s)
    except SubmissionError as error:
        results.refuse(str(error))
        return 0
    except KeyboardInterrupt:
        results.abandon(INTERRUPTED)
        return 2
    except Exception:  # the boundary of the process, as above
        _log([f"the grader failed:\n{traceback.format_exc()}"])
        results.abandon(FAILED)
        return 2
    return 0 if decided else 2


def _run(plan: Plan, results: ResultsSoFar, deadline: float, grade: Grade, grace_s: float) -> bool:
    """Whether every check was decided."""
    _log(_notices(plan))

    def on_stop() -> None:
        results.abandon(OUT_OF_TIME if time.monotonic() >= deadline else INTERRUPTED)

    with stoppable(deadline - time.monotonic(), on_stop, grace_s):
        run_s = SHARE_OF_RUN * (deadline - time.monotonic())
        report = grade(plan, run_s, lambda outcome: _take(outcome, results))
    report = _beside_home(report, plan)
    decided = results.finish(report)
    _log(_about_metadata(plan))
    _log(report_lines(report))
    return decided


def _beside_home(report: Report, plan: Plan) -> Report:
    """The report with a comparison with the student's last check at home, if it was handed in."""
    from autograder.render.home_report import beside_home, unreadable  # numpy: after the baseline
    from autograder.submission.intake import home_report

    try:
        claimed = home_report(plan.layout.submission)
        return report if claimed is None else beside_home(report, claimed)
    except SubmissionError as error:
        return unreadable(report, str(error))
    except Exception:  # a fault in comparing must not lose a grading that is done
        return unreadable(report, traceback.format_exc())


def _take(outcome: Outcome, results: ResultsSoFar) -> None:
    try:
        results.decided(outcome)
    except (GraderError, OSError) as error:
        # Grading goes on: the last valid file stays, and the final report is written at the end.
        _log([f"staff notice: results.json could not be updated: {error}"])
    _log(outcome_lines(outcome))


def _notices(plan: Plan) -> Iterable[str]:
    layout = plan.layout
    notices = close_private_folders(layout)
    notices += close_shared_folders(layout) if is_gradescope(layout) else []
    for notice in [*notices, *tier_notices(plan.assignment.gradescope)]:
        yield f"staff notice: {notice}"


def _about_metadata(plan: Plan) -> Iterable[str]:
    """Read after grading: workers inherit what this process has read before."""
    try:
        metadata = parse_metadata(plan.layout.metadata.read_bytes())
    except OSError as error:
        yield f"staff notice: submission_metadata.json is not readable: {error}"
        return
    yield from metadata_lines(metadata, plan.assignment.points)


def _log(lines: Iterable[str]) -> None:
    """For staff. No result depends on it: what cannot be written or worded is left out."""
    try:
        for line in lines:
            print(line, flush=True)
    except OSError:  # full, or without a reader: the end of this process must not fail on it either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # a fault in a text for staff
        print(f"staff notice: the log is not complete: {error!r}", flush=True)


def session_grade(plan: Plan, run_s: float, on_outcome: OnOutcome) -> Report:
    """Grade with hidden checks in this process, which must be a fresh one."""
    from autograder.grading.running.session import grade  # numpy: after the baseline

    layout = plan.layout
    request = server_request(layout, plan.assignment.id, layout.submission, run_s=run_s)
    return grade(request, on_outcome, assignment=plan.assignment)


def main(arguments: Sequence[str]) -> int:
    """Grade under the root that is given."""
    platform_s = os.environ.get("TIMEOUT_SECONDS")
    scrub(os.environ)
    return run(Layout(Path(arguments[0]).resolve()), platform_s, session_grade)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
