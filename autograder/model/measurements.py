"""`measurements.json`: what the lab measured, as plain data.

Written by `lab/run.py`, read by the fixture `measurements`.
"""

from typing import Any

import msgspec

from autograder.model.errors import ConfigError

FORMAT = "autograder lab 1"
MEASUREMENTS_FILE = "measurements.json"
MAX_MEASUREMENTS_BYTES = 5 * 10**6
_MOST_ROWS = 20_000  # of all experiments; a lab has hundreds

Scalar = bool | int | float | str | None
Row = dict[str, Scalar | list[Scalar]]


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A case that could not be measured."""

    case: Row
    what: str
    line: str = ""  # of the student's file


class ExperimentTable(msgspec.Struct, kw_only=True):
    """One experiment: a row for each case, its columns and then what was measured."""

    title: str
    units: dict[str, str]
    took_s: float = 0.0
    rows: list[Row] = []
    failed: list[Failure] = []


class Measurements(msgspec.Struct, kw_only=True):
    """The whole file; its fields are written in this order."""

    format: str = FORMAT
    assignment: str
    files: dict[str, str]  # SHA-256 of what was measured
    lab: str  # SHA-256 of the code of the experiments without their plots
    settings: Row
    machine: dict[str, str | int]
    started: str
    finished: str | None = None  # None: some case is still to be measured
    experiments: dict[str, ExperimentTable] = {}


def read_measurements(data: bytes) -> Measurements:
    """Read the file. Raises ConfigError when it is too large, or is not what the lab writes."""
    if len(data) > MAX_MEASUREMENTS_BYTES:
        raise ConfigError(
            f"it has {len(data) / 1e6:.1f} MB; at most {MAX_MEASUREMENTS_BYTES / 1e6:.0f} are read"
        )
    if data.count(b"{") > _MOST_ROWS:
        raise ConfigError(f"it has more than {_MOST_ROWS} rows")
    try:
        found = msgspec.json.decode(data, type=Measurements)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise ConfigError(f"it is not what the lab writes: {error}") from None
    if found.format != FORMAT:
        raise ConfigError(f"its format is {found.format[:40]!r}, not {FORMAT!r}")
    return found


def show_measurements(measurements: Measurements) -> bytes:
    """The text of the file: strict JSON, the same for the same content."""
    return msgspec.json.format(msgspec.json.encode(measurements), indent=1) + b"\n"


def plain(value: Any, where: str) -> Any:
    """A measured value as plain data: numbers of numpy and torch too; None for NaN and infinity.

    Raises ConfigError naming `where` for anything that is no number, text or list of them.
    """
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [_scalar(item, where) for item in value]
    return _scalar(value, where)


def _scalar(value: Any, where: str) -> Scalar:
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, float):
        return float(value) if abs(value) < float("inf") else None
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return float(value)  # what JSON readers agree on
    if value is None or isinstance(value, (bool, int, str)):
        return value
    raise ConfigError(f"{where} is of type {type(value).__name__}, not a number or a text")
