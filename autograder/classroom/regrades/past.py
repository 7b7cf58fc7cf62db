"""One grading of one submission, as far as what is left of it says.

`reading` makes it from a file, `comparing` compares two of one submission.
"""

import msgspec

from autograder.classroom.submissions import Member
from autograder.model.outcome import Measurement
from autograder.model.report import Report
from autograder.model.verdict import Verdict


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one check of a submission."""

    id: str = ""  # empty: of a grader that kept none
    part: str = ""
    title: str = ""
    shown: str = ""  # the name that students read in Gradescope
    verdict: Verdict | None = None  # None: all that is known is whether it passed
    passed: bool
    score: float
    needs: tuple[str, ...] = ()
    measurements: tuple[Measurement, ...] = ()

    @property
    def word(self) -> str:
        """The verdict for people."""
        return self.verdict.word if self.verdict else "passed" if self.passed else "not passed"

    @property
    def decided(self) -> bool:
        """Whether it was not the grader that failed."""
        return self.verdict is not Verdict.GRADER_ERROR


class PastGrading(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of one grading of one submission."""

    id: str
    members: tuple[Member, ...] = ()
    results: tuple[CheckResult, ...] = ()
    report: Report  # which files were graded, by what; an older grader kept less of it
    score: float | None  # None: the grader failed in a check, or a check did not run
