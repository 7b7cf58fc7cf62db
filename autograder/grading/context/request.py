"""What to grade, and how: the request that every grading starts with.

Light to import: the command line, release, the proofs and the Gradescope driver make requests.
"""

from pathlib import Path

import msgspec


class Modes(msgspec.Struct, frozen=True, kw_only=True):
    """What `release`, the proofs, `show` and `check --debug` change in a grading."""

    record_to: Path | None = None  # write there what the oracles are asked and what they answer
    perturb: float = 0.0  # relative change of every number that the submission returns
    keep_answers: bool = False  # keep the answers of the submission in every outcome
    propose: bool = False  # time budgets record the operations that a call is made of
    stop_at_first: bool = False  # once a check has failed, skip the others
    variation: int = 0  # use another public seed for every check
    seeds: int = 0  # run each check with so many public seeds, whatever it needs
    answers_in: Path | None = None  # a folder where gradings share what oracles answer
    closeness: bool = False  # of right programs: note how near each comparison comes
    alter: bool = False  # of the reference: judge each check again, with its answers altered
    show_to: Path | None = None  # write there a script of the calls that a check makes
    debug: bool = False  # run the submission in the grader's process, for no points

    @property
    def recording(self) -> bool:
        """Whether every question that a check may ever ask must be asked."""
        return self.record_to is not None

    @property
    def untimed(self) -> bool:
        """Whether budgets call and judge once where they would time: the time is not used."""
        shown = self.debug or self.show_to is not None
        return self.recording or self.closeness or self.alter or shown

    @property
    def recognises(self) -> bool:
        """Whether known mistakes are looked for: only a student's grading shows them."""
        return self == STUDENTS_MODES or self.debug

    @property
    def apart(self) -> bool:
        """Whether a check runs although others that it needs fail."""
        return bool(self.perturb or self.alone)

    @property
    def alone(self) -> bool:
        """Whether only the checks that are named run, without those that they need."""
        return bool(self.seeds or self.debug or self.show_to)


STUDENTS_MODES = Modes()


class GradingRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What to grade, and how."""

    root: Path  # folder with assignments/, and reference/ where there is one
    assignment: str
    submission: Path  # folder, or the module itself
    hidden: bool = False  # staff: also hidden checks, and secret seeds
    secret_file: Path | None = None  # required when hidden
    parts: tuple[str, ...] = ()  # only these parts, and what they need
    checks: tuple[str, ...] = ()  # only these checks, and what they need
    patient: bool = False  # at home: run what takes long as well
    launcher: str = "auto"
    layers_off: tuple[str, ...] = ()  # of isolation, for the tests of the others
    run_s: float | None = None  # less than the assignment's limit for the whole run
    threads: int = 1  # of BLAS; more than 1 for proofs, and needs launcher="spawn"
    modes: Modes = STUDENTS_MODES
