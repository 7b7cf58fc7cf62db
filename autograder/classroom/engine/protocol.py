"""What grades the tasks of a run: on this machine (`local`), or on several.

`grade_class` submits the tasks and takes the gradings; nothing else depends on where they run.
"""

from collections.abc import Iterator
from typing import Protocol

from autograder.classroom.engine.task import Task
from autograder.classroom.submissions import Graded


class Engine(Protocol):
    """Grades tasks, several at a time."""

    def submit(self, task: Task) -> None:
        """Grade it when there is room for it; returns at once."""

    def results(self) -> Iterator[Graded]:
        """A grading for each submitted task, as each ends, until none is left.

        `id` is the task's. One without a report is SET_ASIDE: `grade_class` tries it again, alone.
        """
