"""Run known wrong programs on a check whose inputs nobody has seen before.

Where the inputs are secret no trace can have been kept. So, on the staff's side, the programs
under submissions/wrong/ get the very same inputs, each in a worker of its own, and leave traces.
"""

import copy
import time
from collections.abc import Callable

from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.grading_context import GradingContext
from autograder.grading.context.seeds import Seed
from autograder.grading.declaring.declare import declared_checks
from autograder.grading.declaring.proving_programs import Program, composed, programs_of
from autograder.grading.fixtures.fixtures import Fixtures
from autograder.grading.mistakes.known_mistakes import Trace
from autograder.grading.mistakes.recognition import trace_of
from autograder.model.assignment import Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Answer
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.submission.intake import Submission

CheckFunction = Callable[..., None]
_CHECK_S = 10.0  # for all programs of one check
_GRADING_S = 60.0  # and for all checks of a grading


class Rehearsal:
    """Gives the traces of known mistakes in a check, with the inputs of one of its runs."""

    def __init__(self, assignment: Assignment, context: GradingContext, fixtures: Fixtures) -> None:
        self._assignment, self._context, self._fixtures = assignment, context, fixtures
        self._left_s = _GRADING_S

    def traces(
        self,
        declaration: CheckDeclaration,
        function: CheckFunction,
        wanted: tuple[str, ...],
        failed: CheckRun,
    ) -> list[Trace]:
        """The traces, with the inputs of `failed`, of the wrong programs of the check's part.

        Fewer when time runs out.
        """
        started = time.monotonic()
        until = min(failed.deadline, started + min(_CHECK_S, self._left_s))

        def answers(program: Program | None) -> dict[str, Answer]:
            files = composed(self._assignment, program)
            context = copy.copy(self._context)
            context.submission = Submission(module=self._assignment.module, files=files)
            run = CheckRun(context, Seed(failed.seed), until)
            return self._answers(declaration, function, wanted, run, passes=program is None)

        try:
            right = answers(None)
            found = [
                trace_of(program.slip, answers(program), right)
                for program in self._candidates(declaration)
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

    def _answers(
        self,
        declaration: CheckDeclaration,
        function: CheckFunction,
        wanted: tuple[str, ...],
        run: CheckRun,
        *,
        passes: bool,
    ) -> dict[str, Answer]:
        """What a program answers to the check; nothing when it does not do what is expected."""
        verdict = Verdict.PASSED
        try:
            function(**self._fixtures.give(wanted, declaration, run))
        except StudentFault as fault:
            verdict = fault.verdict
        finally:
            run.close()
        expected = Verdict.PASSED if passes else Verdict.WRONG
        return run.transcript.answers() if verdict is expected else {}
