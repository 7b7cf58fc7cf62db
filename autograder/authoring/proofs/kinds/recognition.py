"""Recognition: a wrong program is known by its answers, and nothing else is taken for it.

With several seeds, traces are made of the wrong programs as `release` makes them. Then, with numpy
and BLAS held back to few instructions as on another machine: the program must be recognised as
itself, together with another slip as one of the two or not at all, and no accepted variant as it.
A program that only hidden checks catch is graded with a secret of its own for each seed.
"""

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from functools import cached_property
from pathlib import Path

from autograder.authoring.judge import is_recognised
from autograder.authoring.proofs.conditions import idle_conditions
from autograder.authoring.proofs.kind import Kind, Unit
from autograder.authoring.proofs.record import ProofLine
from autograder.grading.declaring.proving_programs import Program, composed
from autograder.grading.mistakes.known_mistakes import Trace
from autograder.grading.mistakes.recognition import recognise
from autograder.grading.running.subprocess_grading import grade_files, grading_pool
from autograder.release.mistakes import (
    ProgramSetting,
    TracedChecks,
    checks_with_traces,
    outcomes_of,
    traced_checks,
    traces_in,
    wrong_programs,
)

SEEDS = 3
Traces = dict[str, list[Trace]]


class Recognition(Kind[ProofLine]):
    """The wrong programs that are code, not patches of measurements."""

    name, line = "recognition", ProofLine

    def units(self) -> Iterator[Unit]:
        """A unit a program, with its title, the checks it names and those that keep its trace."""
        code = self.setting.code
        for program in self._programs.values():
            checks = sorted({*program.caught_by, *self._checks(program)})
            declared = program.mistake, program.not_recognised, str(SEEDS)
            parts = [*declared, *checks, *map(code.check, checks)]
            yield Unit(program.name, code.submission(program, *parts))

    def prove(self, due: Sequence[Unit], say: Callable[[str], None]) -> Iterator[ProofLine]:
        """First the traces of all programs that are graded by the same checks."""
        checks = {check for unit in due for check in self._checks(self._programs[unit.id])}
        related = [p for p in self._programs.values() if checks & self._checks(p)]
        assignment, root = self.setting.assignment, self.setting.root
        traces = [traces_in(ProgramSetting(assignment, root, s), related) for s in range(SEEDS)]
        with grading_pool(self.setting.jobs) as pool:
            right = {  # these run before the others, which wait for them
                (variant, seed): pool.submit(self._names, seed, traces[seed], variant)
                for variant in self.setting.accepted
                for seed in range(SEEDS)
            }
            jobs = [pool.submit(self._line, unit, traces, related, right) for unit in due]
            for job in as_completed(jobs):
                yield job.result()

    @cached_property
    def _programs(self) -> dict[str, Program]:
        return {program.name: program for program in wrong_programs(self.setting.assignment)}

    @cached_property
    def _traced(self) -> TracedChecks:
        return checks_with_traces(self.setting.assignment)

    def _checks(self, program: Program) -> set[str]:
        return set(traced_checks(self._traced, [program]))

    def _line(
        self,
        unit: Unit,
        traces: list[Traces],
        related: list[Program],
        right: dict[tuple[Program, int], Future[list[str]]],
    ) -> ProofLine:
        program = self._programs[unit.id]
        problems = [
            f"seed {seed}: {problem}"
            for seed in range(SEEDS)
            for problem in self._problems(program, seed, traces[seed], related)
        ]
        problems += [
            f"seed {seed}: {variant.name} is right, and taken for it"
            for (variant, seed), job in right.items()
            if any(program.mistake in name for name in job.result())
        ]
        return ProofLine(unit=unit.id, code=unit.code, problems=tuple(problems))

    def _problems(
        self, program: Program, seed: int, traces: Traces, related: list[Program]
    ) -> Iterator[str]:
        if program.not_recognised:
            return
        known = {trace.mistake for found in traces.values() for trace in found}
        if program.mistake not in known:
            if not self._recognised_live(program, seed):
                yield "not recognised by the hidden checks"
            return
        names = self._names(seed, traces, program)
        if not any(program.mistake in name for name in names):
            yield f"taken for {names or 'nothing known'}"
        others = [p for p in related if p.mistake in known and p is not program]
        if others:
            slip = random.Random(f"{program.name} {seed}").choice(others)
            names = self._names(seed, traces, program, slip)
            strange = [n for n in names if program.mistake not in n and slip.mistake not in n]
            if strange:
                yield f"with {slip.name} it is taken for {strange}"

    def _names(self, seed: int, traces: Traces, *programs: Program) -> list[str]:
        """What the answers of the reference with these programs in it are taken for."""
        environment = idle_conditions()[-1].environment
        setting = ProgramSetting(self.setting.assignment, self.setting.root, seed, environment)
        outcomes = outcomes_of(setting, *programs)
        found = (recognise(traces.get(o.check.id, ()), o.answers) for o in outcomes)
        return [name for name in found if name]

    def _recognised_live(self, program: Program, seed: int) -> bool:
        """Whether its checks recognise it with secret inputs, for which no trace is kept."""
        with tempfile.NamedTemporaryFile("w") as secret:
            secret.write(f"a secret for seed {seed}")
            secret.flush()
            report = grade_files(
                composed(self.setting.assignment, program),
                self.setting.assignment,
                self.setting.root,
                hidden=True,
                secret_file=Path(secret.name),
                checks=program.caught_by,
            )
        return is_recognised(program, report)
