"""What to grade, and how."""

from pathlib import Path

import msgspec


class GradingRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What to grade, and how."""

    root: Path  # folder with assignments/, and reference/ where there is one
    assignment: str
    submission: Path  # folder, or the module itself
    hidden: bool = False  # staff: also hidden checks, and secret seeds
    secret_file: Path | None = None  # required when hidden
    parts: tuple[str, ...] = ()  # only these parts, and what they need
    checks: tuple[str, ...] = ()  # only these checks, and what they need
    launcher: str = "auto"
    layers_off: tuple[str, ...] = ()  # of isolation, for the tests of the others
    run_s: float | None = None  # less than the assignment's limit for the whole run
    stop_at_first: bool = False  # proofs: once a check has failed, skip the others
    recorded: Path | None = None  # answers to replay instead of asking the oracles
    record_to: Path | None = None  # release: note there what the oracles are asked and answer
    propose: bool = False  # calibrate: time budgets record the operations they are made of
    variation: int = 0  # proofs: another public seed for every check
    closeness: bool = False  # proofs: note how near each comparison came; public seeds only
    seeds: int = 1  # with `closeness`: so many public seeds, from `variation` on
    threads: int = 1  # of BLAS; more than 1 for proofs, and needs launcher="spawn"
    answers: bool = False  # release: note the answers of the submission in every outcome
    recognise: bool = True  # name the mistake that gives the same answers
    perturb: float = 0.0  # release: relative change of every number that the submission returns
