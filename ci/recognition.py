"""Prove that known mistakes are recognised as themselves, and nothing else as one of them.

    python ci/recognition.py sgd --seeds 20

With every seed, traces are made of the wrong programs as `release` makes them. Then, with numpy's
and BLAS's instructions held back to SSE as on another machine: every wrong program must be
recognised as itself, two slips at once as one of the two or not at all, and no accepted variant.
Programs that only hidden checks catch are graded with a new secret for every seed. Exit status 1
when anything is not so.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.authoring.proofs.conditions import conditions
from autograder.cli.places import staff_assignment
from autograder.grading.declaring.proving_programs import Program, composed, programs_of
from autograder.grading.mistakes.known_mistakes import Trace
from autograder.grading.mistakes.recognition import recognise
from autograder.grading.running.subprocess_grading import grade_files, grading_pool
from autograder.machine.facts import usable_cpus
from autograder.model.assignment import Assignment
from autograder.model.verdict import Verdict
from autograder.release.mistakes import ProgramSetting, outcomes_of, traces_in, wrong_programs

ROOT = Path(__file__).resolve().parent.parent
PAIRS = 20  # of slips at once, with every seed
Traces = dict[str, list[Trace]]


def main(arguments: Sequence[str]) -> int:
    """Try every seed; say what is not so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assignment")
    parser.add_argument("--seeds", type=int, default=20)
    options = parser.parse_args(arguments)
    assignment = staff_assignment(ROOT, options.assignment)
    started, problems = time.monotonic(), 0
    for seed in range(options.seeds):
        for problem in wrong_with(assignment, seed):
            problems += 1
            print(f"seed {seed}: {problem}", flush=True)
        print(f"seed {seed}: {time.monotonic() - started:.0f} s", flush=True)
    everything = programs_of(assignment).usable
    excused = sum(bool(program.not_recognised) for program in everything)
    wrong = len(wrong_programs(assignment))
    right = sum(program.verdict is Verdict.PASSED for program in everything)
    print(
        f"{options.seeds} seeds: {wrong - excused} of {wrong} wrong programs each recognised as"
        f" itself, {excused} say why they are not, {right} accepted variants never,"
        f" {PAIRS} pairs of slips a seed: {problems} problems"
    )
    return 1 if problems else 0


def wrong_with(assignment: Assignment, seed: int) -> Iterator[str]:
    """What is not recognised as it should be."""
    programs = wrong_programs(assignment)
    traces = traces_in(ProgramSetting(assignment, ROOT, seed), programs)
    elsewhere = ProgramSetting(assignment, ROOT, seed, conditions()[-1].environment)
    known = {trace.mistake for found in traces.values() for trace in found}
    seen = [program for program in programs if program.mistake in known]
    accepted = [p for p in programs_of(assignment).usable if p.verdict is Verdict.PASSED]
    with grading_pool(usable_cpus()) as pool:
        itself = {p: pool.submit(names, elsewhere, traces, p) for p in seen}
        both = {pair: pool.submit(names, elsewhere, traces, *pair) for pair in _pairs(seen, seed)}
        right = {p: pool.submit(names, elsewhere, traces, p) for p in accepted}
        unseen = [p for p in programs if p.mistake not in known and not p.not_recognised]
        live = {p: pool.submit(recognised_live, assignment, p, seed) for p in unseen}
        for program, job in itself.items():
            if not any(program.mistake in name for name in job.result()):
                yield f"{program.name} is taken for {job.result() or 'nothing known'}"
        for pair, job in both.items():
            strange = [n for n in job.result() if not any(slip.mistake in n for slip in pair)]
            if strange:
                yield f"{pair[0].name} and {pair[1].name} are taken for {strange}"
        for program, job in right.items():
            if job.result():
                yield f"{program.name} is right, and taken for {job.result()}"
        for program, found in live.items():
            if not found.result():
                yield f"{program.name} is not recognised by the hidden checks"


def names(setting: ProgramSetting, traces: Traces, *programs: Program) -> list[str]:
    """What the answers of the reference with these programs in it are taken for."""
    outcomes = outcomes_of(setting, *programs)
    found = (recognise(traces.get(o.check.id, ()), o.answers) for o in outcomes)
    return [name for name in found if name]


def recognised_live(assignment: Assignment, program: Program, seed: int) -> bool:
    """Whether the hidden checks recognise a program, with a secret of this seed."""
    with tempfile.NamedTemporaryFile("w") as secret:
        secret.write(f"a secret for seed {seed}")
        secret.flush()
        report = grade_files(
            composed(assignment, program),
            assignment,
            ROOT,
            hidden=True,
            secret_file=Path(secret.name),
            checks=program.caught_by,
        )
    return any(program.mistake in outcome.staff for outcome in report.outcomes)


def _pairs(programs: Sequence[Program], seed: int) -> list[tuple[Program, Program]]:
    draw = random.Random(seed)
    return [(first, second) for first, second in (draw.sample(programs, 2) for _ in range(PAIRS))]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
