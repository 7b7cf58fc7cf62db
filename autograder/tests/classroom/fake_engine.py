"""An engine that grades nothing: each grading is what a test says of the submitted folder."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.classroom.engine.task import Task
from autograder.classroom.submissions import Graded, Status
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.tests.render.reports import PARTS

# as the assignment of a TinyClass has it
CHECK = CheckDeclaration(
    id="check_square", title="The square holds", part="1.1", points=6, file="check_tiny.py"
)
Decide = Callable[[str], Status | Verdict]  # the name of a folder -> what became of it


def report(verdict: Verdict) -> Report:
    """A report with one check."""
    score = CHECK.points if verdict is Verdict.PASSED else 0.0
    outcome = Outcome(check=CHECK, verdict=verdict, score=score)
    return Report(assignment="tiny", title="Tiny", parts=PARTS, outcomes=(outcome,))


class FakeEngine:
    """Remembers what it was asked, and how many gradings were submitted at a time."""

    def __init__(self, decide: Decide) -> None:
        self.decide = decide
        self.asked: list[str] = []
        self.at_a_time: list[int] = []
        self._waiting: list[Task] = []

    @contextmanager
    def start(self, *arguments: object) -> Iterator["FakeEngine"]:
        """In place of `local_engine`."""
        yield self

    def submit(self, task: Task) -> None:
        """Remember it."""
        self._waiting.append(task)

    def results(self) -> Iterator[Graded]:
        """What the test says."""
        self.at_a_time.append(len(self._waiting))
        while self._waiting:
            task = self._waiting.pop(0)
            name = Path(task.submission).name
            self.asked.append(name)
            found = self.decide(name)
            if isinstance(found, Verdict):
                yield Graded(id=task.id, status=Status.GRADED, report=report(found))
            else:
                yield Graded(id=task.id, status=found, problem=f"{found.value} of {name}")
