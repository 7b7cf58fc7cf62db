"""Programs: a must-fail program gets its verdict, its message and the name of its mistake from the
checks that it names; an accepted variant passes every check.

They are graded as submissions, with hidden checks and secret inputs.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from functools import cached_property

from autograder.authoring.judge import judge_recognition, judge_verdicts
from autograder.authoring.proofs.kind import CHANGED, Kind, Ratio, ScoreColumn, Unit
from autograder.authoring.proofs.record import ProofLine
from autograder.grading.declaring.declare import with_needs
from autograder.grading.declaring.proving_programs import Program, composed
from autograder.grading.running.subprocess_grading import grade_files, grading_pool
from autograder.model.course import load_course
from autograder.model.errors import AutograderError
from autograder.model.verdict import Verdict


class ProgramLine(ProofLine, frozen=True, kw_only=True):
    """One program."""

    passed: tuple[str, ...] = ()  # of an accepted variant: fingerprints of checks that it passes
    naming: tuple[str, ...] = ()  # what is wrong with the name of its mistake alone

    @property
    def found(self) -> tuple[str, ...]:
        """Problems of the verdict, and of the name."""
        return self.problems + self.naming


class Programs(Kind[ProgramLine]):
    """The must-fail programs and accepted variants."""

    name, line = "programs", ProgramLine
    columns = (
        ScoreColumn("wrong rejected", "wrong programs rejected by the check that must catch them"),
        ScoreColumn("right accepted", "unusual right programs given full marks"),
        ScoreColumn("mistakes named", "programs with wrong answers told which mistake they make"),
    )

    def units(self) -> Iterator[Unit]:
        """A unit a program; of a must-fail program with the checks it names and what they need."""
        code = self.setting.code
        for program in self._programs.values():
            declared = (program.verdict.value, program.message, program.not_recognised)
            named = sorted(with_needs(set(program.caught_by), self.setting.checks))
            checks = [text for name in named for text in (code.check(name), code.wording(name))]
            yield Unit(program.name, code.submission(program, *declared, *checks))

    def why_due(self, unit: Unit) -> str:
        """An accepted variant and each check that it touches are a pair; a failure is tried again.

        What a check says of the reference, it says of a variant that it does not touch.
        """
        return super().why_due(unit) or (CHANGED if self._not_passed(unit) else "")

    def prove(self, due: Sequence[Unit], say: Callable[[str], None]) -> Iterator[ProgramLine]:
        """Grade them, several at a time."""
        with grading_pool(self.setting.jobs) as pool:
            for job in as_completed([pool.submit(self._grade, unit) for unit in due]):
                yield job.result()

    def ratios(self) -> Iterator[Ratio]:
        """Rejected as declared, accepted, and told their mistake.

        A program that is rejected and not named makes the last smaller, and no other. Wrong data
        of the lab are not counted in it: no code of their own is known for them.
        """
        lines = [(program, self.lines.get(program.name)) for program in self.setting.programs]
        tried = [(p, line is not None and not line.problems) for p, line in lines]
        wrong = [good for p, good in tried if p.verdict is not Verdict.PASSED]
        right = [good for p, good in tried if p.verdict is Verdict.PASSED]
        named = [
            line is not None and not line.found and not p.not_recognised
            for p, line in lines
            if p.verdict is Verdict.WRONG and not p.patch.exists()
        ]
        yield from (Ratio(sum(column), len(column)) for column in (wrong, right, named))

    @cached_property
    def _programs(self) -> dict[str, Program]:
        return {program.name: program for program in self.setting.programs}

    def _touched(self, program: Program) -> dict[str, str]:
        """The fingerprints of the checks that an accepted variant could fail."""
        code = self.setting.code
        checks = self.setting.checks if program.verdict is Verdict.PASSED else ()
        return {c.id: code.check(c.id) for c in checks if code.touches(program, c.id)}

    def _not_passed(self, unit: Unit) -> tuple[str, ...]:
        """The checks as they are now that an accepted variant was not graded by."""
        line = self.lines.get(unit.id)
        passed = line.passed if line and line.code == unit.code else ()
        touched = self._touched(self._programs[unit.id])
        return tuple(name for name, code in touched.items() if code not in passed)

    def _grade(self, unit: Unit) -> ProgramLine:
        setting, program = self.setting, self._programs[unit.id]
        secret = load_course(setting.root).secret_path()
        try:
            report = grade_files(
                composed(setting.assignment, program),
                setting.assignment,
                setting.root,
                hidden=True,
                secret_file=secret,
                checks=program.caught_by or self._not_passed(unit),
            )
        except AutograderError as error:
            return ProgramLine(unit=unit.id, code=unit.code, problems=(str(error),))
        failed = {o.check.id for o in report.outcomes if o.verdict is not Verdict.PASSED}
        passed = (code for name, code in self._touched(program).items() if name not in failed)
        return ProgramLine(
            unit=unit.id,
            code=unit.code,
            problems=tuple(judge_verdicts(program, report)),
            naming=tuple(judge_recognition(program, report)),
            passed=tuple(sorted(passed)),
        )
