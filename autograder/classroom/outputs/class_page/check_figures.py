"""What a class did in one check, and how much of each budget it used.

`figures` adds the outcomes, one at a time, so that no report needs to be kept.
"""

from collections import Counter, defaultdict

from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Outcome
from autograder.model.verdict import Verdict
from autograder.render.disclosure import one_line
from autograder.render.outcome_text import used_share

_SHOWN_MISTAKES = 3
# what the diagnosis adds, for staff only, to an outcome whose inputs were secret
_RECOGNISED = "\nrecognised: "


class BudgetFigures:
    """How much of one budget the submissions used in one check."""

    def __init__(self, name: str) -> None:
        self.name = name.replace("_", " ")
        self.shares: list[float] = []  # measured over budget, one a submission, 1 is the budget
        self.undecided = 0  # too noisy to tell

    @property
    def over(self) -> int:
        """How many submissions used more than the budget; not where it was too noisy to tell."""
        return sum(share > 1 for share in self.shares)


class CheckFigures:
    """The outcomes of one check."""

    def __init__(self, check: CheckDeclaration) -> None:
        self.check = check
        self.verdicts: Counter[Verdict] = Counter()
        self.mistakes: Counter[str] = Counter()
        self.budgets: dict[str, BudgetFigures] = {}
        self.noisy: list[str] = []  # ids of submissions
        self.broken: defaultdict[str, list[str]] = defaultdict(list)  # reason -> ids
        self.lost = 0.0  # points, of all submissions together

    def add(self, id_: str, outcome: Outcome) -> None:
        """The outcome of the submission with this id."""
        self.verdicts[outcome.verdict] += 1
        if outcome.verdict is Verdict.GRADER_ERROR:
            self.broken[_reason(outcome)].append(id_)
        else:
            self.lost += max(self.check.points - outcome.score, 0.0)
        mistake = _mistake(outcome)
        if mistake and outcome.verdict is not Verdict.PASSED:
            self.mistakes[mistake] += 1
        if any(measurement.undecided for measurement in outcome.measurements):
            self.noisy.append(id_)
        self._add_measurements(outcome)

    def _add_measurements(self, outcome: Outcome) -> None:
        """Of several sizes of one budget the worst counts."""
        for name in dict.fromkeys(each.name for each in outcome.measurements):
            sizes = [each for each in outcome.measurements if each.name == name]
            budget = self.budgets.setdefault(name, BudgetFigures(name))
            shares = [share for share in map(used_share, sizes) if share is not None]
            if any(each.undecided for each in sizes):
                budget.undecided += 1
            elif shares:
                budget.shares.append(max(shares))

    @property
    def passed(self) -> int:
        """How many submissions passed."""
        return self.verdicts[Verdict.PASSED]

    @property
    def skipped(self) -> int:
        """In how many it did not run, because a check that it needs did not pass."""
        return self.verdicts[Verdict.SKIPPED]

    @property
    def decided(self) -> int:
        """Of how many submissions anything was decided."""
        return self.verdicts.total() - self.verdicts[Verdict.GRADER_ERROR]

    @property
    def failed(self) -> int:
        """How many ran and did not pass."""
        return self.decided - self.passed - self.skipped

    @property
    def share_text(self) -> str:
        """`passed 123 of 300, 41 %`; never 100 % where one did not pass."""
        if not self.decided:
            return "nothing decided"
        percent = 100 * self.passed // self.decided
        return f"passed {self.passed} of {self.decided}, {percent} %"

    @property
    def verdicts_text(self) -> str:
        """`12 wrong, 3 crashed`: every verdict that occurs, but passed."""
        counts = ((self.verdicts[verdict], verdict) for verdict in Verdict)
        shown = [f"{n} {v.word}" for n, v in counts if n and v is not Verdict.PASSED]
        return ", ".join(shown)

    @property
    def commonest_mistakes(self) -> list[tuple[str, int]]:
        """The recognised mistakes that most submissions make, each with their number."""
        ordered = sorted(self.mistakes.items(), key=lambda item: (-item[1], item[0]))
        return ordered[:_SHOWN_MISTAKES]


def _mistake(outcome: Outcome) -> str:
    """The mistake that was recognised; several of which one was made are one text."""
    _, found, in_secret = f"\n{outcome.staff}".rpartition(_RECOGNISED)
    recognised = outcome.mistake or (in_secret if found else "")
    if not recognised and outcome.message:
        recognised = outcome.message.looks_like
    return one_line(", or ".join(recognised.splitlines()))


def _reason(outcome: Outcome) -> str:
    """The last line of the traceback, or what the message says."""
    rows = outcome.staff.strip().splitlines()
    what = outcome.message.what if outcome.message else ""
    return one_line(rows[-1] if rows else what or "no reason is known")
