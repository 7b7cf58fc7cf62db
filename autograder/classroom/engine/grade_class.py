"""Grade a class: what the ledger has not decided yet, and the pages of everything.

Called by `autograder grade`, with the submissions as they were taken in.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from autograder.classroom.engine.key import key_of, surroundings
from autograder.classroom.engine.ledger import Ledger
from autograder.classroom.engine.local import local_engine
from autograder.classroom.engine.out_folder import LEDGER, OutFolder
from autograder.classroom.engine.pages import Pages
from autograder.classroom.engine.preflight import FirstErrors, known_work, require_known_grades
from autograder.classroom.engine.progress import ClassProgress
from autograder.classroom.engine.protocol import Engine
from autograder.classroom.engine.safety import require_safe
from autograder.classroom.engine.slots import slots_for
from autograder.classroom.engine.task import Task
from autograder.classroom.submissions import ClassSubmission, Graded, Status
from autograder.model.assignment import Assignment
from autograder.model.course import load_course
from autograder.model.errors import SubmissionError
from autograder.model.units import counted
from autograder.sandbox.isolation import Isolation
from autograder.worker.layers import landlock


class GradeOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How a class is graded."""

    checks: tuple[str, ...] = ()  # only these, and what they need
    jobs: int | None = None  # gradings at a time; None: as many as the machine has room for
    trusted: bool = False  # run the submissions even where they are not isolated


def grade_class(
    submissions: Sequence[ClassSubmission],
    chosen: Collection[str],
    assignment: Assignment,
    root: Path,
    out: OutFolder,
    options: GradeOptions,
    progress: ClassProgress,
) -> tuple[Graded, ...]:
    """The gradings of those submissions that are `chosen`, and of others that are graded already.

    They are in the order of the submissions; what is decided is not graded again.
    Raises UsageError where submissions are not isolated, and GraderError when the preflight fails
    or too many of the first gradings are grader errors; what was graded until then is kept.
    """
    with closing(Ledger(out.path / LEDGER)) as ledger:
        run = ClassRun(assignment, root, out, options, progress, ledger)
        work = run.plan(submissions)
        run.grade(work, chosen)
        return tuple(run.finished(submissions, work, chosen))


class Work(msgspec.Struct, frozen=True):
    """What is to be graded, by the keys of the ledger."""

    keys: dict[str, str]  # submission -> key, of those that can be read
    refused: dict[str, str]  # submission -> why it cannot be graded
    same: dict[str, list[ClassSubmission]]  # key -> the submissions with these files
    folders: dict[str, Path]  # key -> the files

    def count(self, keys: Iterable[str]) -> int:
        """How many submissions these keys stand for."""
        return sum(len(self.same[key]) for key in keys)


class ClassRun:
    """One run: what it grades goes through the ledger."""

    def __init__(
        self,
        assignment: Assignment,
        root: Path,
        out: OutFolder,
        options: GradeOptions,
        progress: ClassProgress,
        ledger: Ledger,
    ) -> None:
        self._assignment, self._root, self._out = assignment, root, out
        self._options, self._progress, self._ledger = options, progress, ledger
        self._pages = Pages(out.path, assignment, root)
        self._secret = load_course(root).secret_path()
        self._layers, self._landlock = Isolation("fork").layers, landlock.version()
        isolation = {**self._layers, "landlock version": str(self._landlock)}
        self._common = surroundings(assignment, root, isolation, options.checks)

    def plan(self, submissions: Iterable[ClassSubmission]) -> Work:
        """The keys of the submissions."""
        work = Work({}, {}, {}, {})
        for each in submissions:
            if each.folder is None or each.problem:
                work.refused[each.id] = each.problem or "there is nothing to grade"
                continue
            try:
                key = key_of(each.folder, self._assignment, self._common)
            except SubmissionError as error:
                work.refused[each.id] = str(error)
                continue
            work.keys[each.id] = key
            work.same.setdefault(key, []).append(each)
            work.folders.setdefault(key, each.folder)
        return work

    def grade(self, work: Work, chosen: Collection[str]) -> None:
        """Grade what is chosen and not decided yet."""
        for submission, why in work.refused.items():
            if submission in chosen:
                self._progress.say(f"{submission}: {Status.NOT_GRADED.value}: {why}")
        keys = [*dict.fromkeys(key for each, key in work.keys.items() if each in chosen)]
        if not self._due(keys):
            self._progress.say(f"graded before: {counted(work.count(keys), 'submission')}")
            return
        require_safe(self._layers, self._landlock, self._options.trusted)
        slots = slots_for(self._assignment, self._options.jobs)
        with local_engine(self._assignment, slots.each, self._out) as engine:
            self._preflight(engine)
            due = self._due(keys)  # fewer where some are the reference, or the template
            total = counted(work.count(keys), "submission")
            at_a_time = f"{len(slots.each)} at a time ({slots.why})"
            self._progress.say(f"grading {work.count(due)} of {total}, {at_a_time}")
            self._progress.begin(work.count(due))
            self._grade_all(engine, due, work)

    def finished(
        self, submissions: Iterable[ClassSubmission], work: Work, chosen: Collection[str]
    ) -> Iterator[Graded]:
        """The gradings of all that were chosen, or that are decided; their pages are written."""
        for each in submissions:
            if (why := work.refused.get(each.id)) and each.id in chosen:
                graded = Graded(id=each.id, status=Status.NOT_GRADED, problem=why)
                self._pages.write(graded, each.notes)
                yield graded
            elif not why and (found := self._ledger.find(work.keys[each.id])):
                if each.id in chosen or found.status is Status.GRADED:
                    yield self._written(each, found)

    def _due(self, keys: Iterable[str]) -> list[str]:
        return [key for key in keys if not self._ledger.is_decided(key)]

    def _preflight(self, engine: Engine) -> None:
        """Grade what is known, unless the ledger has it; raises GraderError for another grade."""
        known = known_work(self._assignment, self._root)
        keys = {name: key_of(path, self._assignment, self._common) for name, path in known.items()}
        due = [name for name, key in keys.items() if not self._ledger.is_decided(key)]
        if due:
            self._progress.say(f"preflight: {' and '.join(due)}")
        for name in due:
            engine.submit(self._task(keys[name], known[name]))
        for graded in engine.results():
            self._ledger.keep(graded)
        found = {name: self._ledger.find(key) for name, key in keys.items()}
        require_known_grades({name: graded for name, graded in found.items() if graded})

    def _grade_all(self, engine: Engine, due: Sequence[str], work: Work) -> None:
        first = FirstErrors()
        for graded in self._graded(engine, due, work):
            self._ledger.keep(graded)
            same = work.same[graded.id]
            self._progress.graded(graded, [submission.id for submission in same])
            for submission in same:
                self._written(submission, graded)
            first.add(graded)

    def _graded(self, engine: Engine, due: Sequence[str], work: Work) -> Iterator[Graded]:
        """All together; then, one by one, what ended without a report: perhaps its neighbours had
        used up the memory."""
        again = []
        for key in due:
            engine.submit(self._task(key, work.folders[key]))
        for graded in engine.results():
            if graded.status is Status.SET_ASIDE:
                again.append(graded.id)
            else:
                yield graded
        for key in again:
            engine.submit(self._task(key, work.folders[key]))
            yield from engine.results()

    def _task(self, key: str, folder: Path) -> Task:
        return Task(
            id=key,
            root=str(self._root),
            assignment=self._assignment.id,
            submission=str(folder),
            secret_file=str(self._secret),
            checks=self._options.checks,
        )

    def _written(self, submission: ClassSubmission, graded: Graded) -> Graded:
        """A grading of the ledger as that of this submission, with its pages written."""
        beside = msgspec.json.encode((submission.ignored, submission.notes)).decode()
        own = msgspec.structs.replace(
            graded,
            id=submission.id,
            report=graded.report
            and msgspec.structs.replace(graded.report, ignored=submission.ignored),
        )
        if not self._ledger.is_written(submission.id, graded.id, beside):
            self._pages.write(own, submission.notes)
            self._ledger.note_written(submission.id, graded.id, beside)
        return own
