"""Name the known mistake that gives the same answers as a submission; the judge asks for it.

For the public inputs, traces of known mistakes were recorded at release. For secret inputs none can
have been recorded: on the staff's side, the programs under submissions/wrong/ get the same inputs
as the submission that failed, each in a worker of its own, and leave traces.
"""

from pathlib import Path

import msgspec

from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.grading_context import GradingContext
from autograder.grading.context.seeds import Seed
from autograder.grading.declaring.declare import declared_checks
from autograder.grading.declaring.proving_programs import Program, composed, programs_of
from autograder.grading.fixtures.fixtures import BoundCheck
from autograder.grading.mistakes.known_mistakes import Trace, mistakes_file, read_mistakes
from autograder.grading.mistakes.recognition import recognise, trace_of
from autograder.model.assignment import Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.course import course_in
from autograder.model.outcome import Answer, Outcome
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.time_limits import TimeLimit
from autograder.submission.intake import Submission

_CHECK_S = 10.0  # for the calls of all programs, on one check with secret inputs
_GRADING_S = 60.0  # and on all checks of a grading


class Diagnosis:
    """Recognises known mistakes in the outcomes of one grading."""

    def __init__(self, assignment: Assignment, root: Path, context: GradingContext) -> None:
        self._assignment, self._context = assignment, context
        self._known = read_mistakes(mistakes_file(assignment, root))
        course = course_in(root)
        # whether students are told what was recognised with inputs that they do not have
        self._tell_hidden = bool(course and course.tell_hidden_mistakes)
        self._limit = TimeLimit(_GRADING_S)

    def of(self, outcome: Outcome, check: BoundCheck, run: CheckRun) -> Outcome:
        """The outcome of a run, with the mistake it shows where one is recognised."""
        # the answers in a measurement do not show which mistake it is
        if outcome.verdict is not Verdict.WRONG or "budgets" in check.wanted:
            return outcome
        if run.public:
            traces = self._known.traces.get(outcome.check.id, ())
            mistake = recognise(traces, run.transcript.answers())
            return msgspec.structs.replace(outcome, mistake=mistake)
        try:
            mistake = recognise(self._traces_of_programs(check, run), run.transcript.answers())
        except Exception as error:  # the boundary to code of check authors: the verdict stands
            text = f"{outcome.staff}\nno mistake could be looked for: {error!r}"
            return msgspec.structs.replace(outcome, staff=text.strip())
        staff = f"{outcome.staff}\nrecognised: {mistake}".strip() if mistake else outcome.staff
        shown = mistake if self._tell_hidden else ""
        return msgspec.structs.replace(outcome, mistake=shown, staff=staff)

    def _traces_of_programs(self, check: BoundCheck, failed: CheckRun) -> list[Trace]:
        """The traces, with the inputs of `failed`, of the wrong programs of the check's part.

        There are fewer when time runs out.
        """
        limit = TimeLimit(_CHECK_S, within=self._limit)

        def answers(program: Program | None, expected: Verdict) -> dict[str, Answer]:
            files = composed(self._assignment, program)
            context = self._context.of(Submission(module=self._assignment.module, files=files))
            run = CheckRun(context, Seed(failed.seed), limit, failed.isolation)
            return _answers(check, run, expected)

        programs = self._candidates(check.declaration)
        right = answers(None, Verdict.PASSED) if programs else {}
        found = [
            trace_of(program.mistake, answers(program, Verdict.WRONG), right)
            for program in programs
            if right and limit.left_s() > 0
        ]
        return [trace for trace in found if trace]

    def _candidates(self, declaration: CheckDeclaration) -> list[Program]:
        """Wrong programs that checks of this part catch, those that this check catches first."""
        if self._assignment.private is None:
            return []
        checks = declared_checks(self._assignment, hidden=True)
        part = {check.id for check in checks if check.part == declaration.part}
        programs = [p for p in programs_of(self._assignment).usable if p.verdict is Verdict.WRONG]
        near = [p for p in programs if part & set(p.caught_by)]
        return sorted(near, key=lambda p: declaration.id not in p.caught_by)


def _answers(check: BoundCheck, run: CheckRun, expected: Verdict) -> dict[str, Answer]:
    """What a program answers to the check; empty when its verdict is not the expected one."""
    verdict = Verdict.PASSED
    try:
        check(run)
    except StudentFault as fault:
        verdict = fault.verdict
    finally:
        run.close()
    return run.transcript.answers() if verdict is expected else {}
