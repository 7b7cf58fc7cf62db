"""Name the known mistake that gives the same answers as a submission; the judge asks for it.

What was recorded at release is looked up for the public inputs, and rehearsed for secret ones.
"""

import msgspec

from autograder.grading.context.check_run import CheckRun
from autograder.grading.fixtures.fixtures import BoundCheck
from autograder.grading.mistakes.known_mistakes import KnownMistakes
from autograder.grading.mistakes.recognition import recognise
from autograder.grading.mistakes.rehearsal import Rehearsal
from autograder.model.outcome import Outcome
from autograder.model.verdict import Verdict


class Diagnosis:
    """`known`: traces with the public inputs; `rehearsal` makes those of any others, for staff.

    `tell_hidden`: whether students are told what was recognised with inputs they do not have.
    """

    def __init__(
        self, known: KnownMistakes, rehearsal: Rehearsal | None, *, tell_hidden: bool
    ) -> None:
        self._known, self._rehearsal, self._tell_hidden = known, rehearsal, tell_hidden

    def of(self, outcome: Outcome, check: BoundCheck, run: CheckRun) -> Outcome:
        """The outcome of a run, with the mistake it shows where one is recognised."""
        # what a budget measures says nothing of which mistake it is
        if outcome.verdict is not Verdict.WRONG or "budgets" in check.wanted:
            return outcome
        if run.public:
            traces = self._known.traces.get(outcome.check.id, ())
            mistake = recognise(traces, run.transcript.answers())
            return msgspec.structs.replace(outcome, mistake=mistake)
        if self._rehearsal is None:
            return outcome
        try:
            mistake = recognise(self._rehearsal.traces(check, run), run.transcript.answers())
        except Exception as error:  # the boundary to code of check authors: the verdict stands
            text = f"{outcome.staff}\nno mistake could be looked for: {error!r}"
            return msgspec.structs.replace(outcome, staff=text.strip())
        staff = f"{outcome.staff}\nrecognised: {mistake}".strip() if mistake else outcome.staff
        shown = mistake if self._tell_hidden else ""
        return msgspec.structs.replace(outcome, mistake=shown, staff=staff)
