"""Run known wrong programs on a check with secret inputs, for `Diagnosis`, on the staff's side.

No trace can have been recorded for secret inputs. So the programs under submissions/wrong/ get the
same inputs as the submission that failed, each in a worker of its own, and leave traces.
"""

import copy
import time

from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.grading_context import GradingContext
from autograder.grading.context.seeds import Seed
from autograder.grading.declaring.declare import declared_checks
from autograder.grading.declaring.proving_programs import Program, composed, programs_of
from autograder.grading.fixtures.fixtures import BoundCheck
from autograder.grading.mistakes.known_mistakes import Trace
from autograder.grading.mistakes.recognition import trace_of
from autograder.model.assignment import Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Answer
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.submission.intake import Submission

_CHECK_S = 10.0  # for all programs of one check
_GRADING_S = 60.0  # and for all checks of a grading


class Rehearsal:
    """Makes the traces of known mistakes in a check, with the inputs of one of its runs."""

    def __init__(self, assignment: Assignment, context: GradingContext) -> None:
        self._assignment, self._context = assignment, context
        self._left_s = _GRADING_S

    def traces(self, check: BoundCheck, failed: CheckRun) -> list[Trace]:
        """The traces, with the inputs of `failed`, of the wrong programs of the check's part.

        Fewer when time runs out.
        """
        started = time.monotonic()
        until = min(failed.deadline, started + min(_CHECK_S, self._left_s))

        def answers(program: Program | None, expected: Verdict) -> dict[str, Answer]:
            files = composed(self._assignment, program)
            context = copy.copy(self._context)
            context.submission = Submission(module=self._assignment.module, files=files)
            return _answers(check, CheckRun(context, Seed(failed.seed), until), expected)

        try:
            right = answers(None, Verdict.PASSED)
            found = [
                trace_of(program.slip, answers(program, Verdict.WRONG), right)
                for program in self._candidates(check.declaration)
                if right and time.monotonic() < until
            ]
        finally:
            self._left_s -= time.monotonic() - started
        return [trace for trace in found if trace]

    def _candidates(self, declaration: CheckDeclaration) -> list[Program]:
        """Those that checks of the same part catch, the ones that this check catches first."""
        checks = declared_checks(self._assignment, hidden=True)
        part = {check.id for check in checks if check.part == declaration.part}
        programs = [p for p in programs_of(self._assignment).usable if p.verdict is Verdict.WRONG]
        near = [p for p in programs if part & set(p.caught_by)]
        return sorted(near, key=lambda p: declaration.id not in p.caught_by)


def _answers(check: BoundCheck, run: CheckRun, expected: Verdict) -> dict[str, Answer]:
    """What a program answers to the check; empty when its verdict is another."""
    verdict = Verdict.PASSED
    try:
        check(run)
    except StudentFault as fault:
        verdict = fault.verdict
    finally:
        run.close()
    return run.transcript.answers() if verdict is expected else {}
