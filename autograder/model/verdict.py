"""All verdicts, and the table of what each means to the student."""

from enum import Enum
from typing import NamedTuple


class Verdict(str, Enum):
    """The verdict of a check; the worst comes first."""

    GRADER_ERROR = "GRADER_ERROR"
    TIME_LIMIT = "TIME_LIMIT"
    MEMORY_LIMIT = "MEMORY_LIMIT"
    CRASHED = "CRASHED"
    NOT_FOUND = "NOT_FOUND"
    NOT_IMPLEMENTED = "NOT_IMPLEMENTED"
    WRONG = "WRONG"
    OVER_TIME_BUDGET = "OVER_TIME_BUDGET"
    OVER_MEMORY_BUDGET = "OVER_MEMORY_BUDGET"
    OVER_OPERATION_BUDGET = "OVER_OPERATION_BUDGET"
    SKIPPED = "SKIPPED"
    PASSED = "PASSED"

    @property
    def sentence(self) -> str:
        """What happened, in one sentence."""
        return _TABLE[self].sentence

    @property
    def help(self) -> str:
        """What the reader can do about it."""
        return _TABLE[self].help

    @property
    def word(self) -> str:
        """The verdict for people: `over memory budget`."""
        return self.value.replace("_", " ").lower()


class _Entry(NamedTuple):
    sentence: str
    help: str


_TABLE = {
    Verdict.GRADER_ERROR: _Entry(
        "The grader itself failed, so nothing was decided.",
        "This is our fault, not yours. Tell the staff: it is graded again once it is fixed.",
    ),
    Verdict.TIME_LIMIT: _Entry(
        "Your code did not finish in time and was stopped.",
        "Look for a loop that never ends, or for work at module level that runs on import.",
    ),
    Verdict.MEMORY_LIMIT: _Entry(
        "Your code asked for more memory than the limit and was stopped.",
        "Look for an array whose size is a product of two large sizes.",
    ),
    Verdict.CRASHED: _Entry(
        "Your code raised an exception or ended its process.",
        "Run the call yourself; the line of your file is named above.",
    ),
    Verdict.NOT_FOUND: _Entry(
        "A file or a function that the handout asks for is missing.",
        "Compare the names with the handout: they must match exactly.",
    ),
    Verdict.NOT_IMPLEMENTED: _Entry(
        "This function is still the template's stub.",
        "Replace the line `raise NotImplementedError(...)` by your code.",
    ),
    Verdict.WRONG: _Entry(
        "Your code ran and gave a wrong result.",
        "Start from the numbers in the message: reproduce them on paper or in a small script.",
    ),
    Verdict.OVER_TIME_BUDGET: _Entry(
        "The result is right, but it takes more time than the budget.",
        "Budgets are multiples of a fixed workload timed on this same machine.",
    ),
    Verdict.OVER_MEMORY_BUDGET: _Entry(
        "The result is right, but it allocates more memory than the budget.",
        "Look for temporaries and copies as large as the data.",
    ),
    Verdict.OVER_OPERATION_BUDGET: _Entry(
        "The result is right, but it does more operations than the budget.",
        "Look for a Python loop over examples where one array operation would do.",
    ),
    Verdict.SKIPPED: _Entry(
        "Not run, because a check it needs did not pass, or because it takes long.",
        "Fix what is slow or did not pass first; this one then runs by itself.",
    ),
    Verdict.PASSED: _Entry("Passed.", ""),
}
