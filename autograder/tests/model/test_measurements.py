"""measurements.json: strict, capped, and what the lab has not written is refused."""

import json
import math
from typing import Any

import numpy as np
import pytest

from autograder.model.errors import ConfigError
from autograder.model.measurements import (
    MAX_MEASUREMENTS_BYTES,
    ExperimentTable,
    Failure,
    Measurements,
    plain,
    read_measurements,
    show_measurements,
)


def measurements() -> Measurements:
    """Some, with every kind of value."""
    rows: list[Any] = [{"B": 1, "name": "é", "seconds": [0.1, 1e-300], "ok": True, "none": None}]
    failed = [Failure(case={"B": 3}, what="ValueError", line="sgd.py, line 3")]
    return Measurements(
        assignment="sgd",
        files={"sgd.py": "00"},
        lab="11",
        settings={"data": "digits", "X": [3, 4, "float64"]},
        machine={"cores": 2, "system": "Linux"},
        started="2026-02-01T00:00:00+00:00",
        experiments={
            "times": ExperimentTable(title="A", units={"B": "1"}, rows=rows, failed=failed)
        },
    )


def test_it_is_read_as_it_was_written() -> None:
    """Nothing is lost, and the order stays."""
    written = show_measurements(measurements())
    assert read_measurements(written) == measurements()
    assert show_measurements(read_measurements(written)) == written
    order = ["format", "assignment", "files", "lab", "settings", "machine"]
    assert list(json.loads(written)) == [*order, "started", "finished", "experiments"]


def test_it_is_strict_json() -> None:
    """Any parser reads it, one that takes no NaN among them."""

    def refuse(name: str) -> None:
        raise ValueError(name)

    found = measurements()
    found.experiments["times"].rows[0]["seconds"] = plain([math.nan, -math.inf, 1.0], "seconds")
    written = json.loads(show_measurements(found), parse_constant=refuse)
    assert written["experiments"]["times"]["rows"][0]["seconds"] == [None, None, 1.0]


@pytest.mark.parametrize(
    ("value", "want"),
    [
        (np.float32(0.5), 0.5),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (np.arange(3), [0, 1, 2]),
        ((1, np.float64(2.5), "a"), [1, 2.5, "a"]),
        (np.array(1.5), 1.5),
        (2**70, float(2**70)),
        (float("inf"), None),
    ],
)
def test_numbers_become_plain(value: Any, want: Any) -> None:
    """Those of numpy, and integers that no other reader could hold."""
    got = plain(value, "x")
    assert got == want and type(got) is type(want)


@pytest.mark.parametrize("value", [{}, object(), [[1]], np.ones((2, 2)), 1j, b"x"])
def test_what_is_no_number_is_refused(value: Any) -> None:
    """A table is tidy: a number, a text, or a list of them in each cell."""
    with pytest.raises(ConfigError, match=r"x is of type \w+, not a number or a text"):
        plain(value, "x")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "autograder lab 2"}, "its format is 'autograder lab 2'"),
        ({"machine": {"cores": [2]}}, "it is not what the lab writes: Expected"),
        ({"experiments": {"a": {"title": "A"}}}, "missing required field `units`"),
        ({"settings": {"deep": [[1]]}}, "it is not what the lab writes"),
        ({"files": None}, "it is not what the lab writes"),
    ],
)
def test_another_file_is_told_by_what_is_wrong(change: dict[str, Any], message: str) -> None:
    """Where, and what was expected there."""
    data = json.loads(show_measurements(measurements())) | change
    with pytest.raises(ConfigError, match=message):
        read_measurements(json.dumps(data).encode())


@pytest.mark.parametrize(
    "data",
    [b"", b"[" * 100_000, b"\xff", b'{"format": NaN}', b"1e999", b"null", b'{"format": "a'],
)
def test_what_is_no_json_is_refused(data: bytes) -> None:
    """However deep, broken or strange it is."""
    with pytest.raises(ConfigError, match="it is not what the lab writes"):
        read_measurements(data)


def test_a_file_that_is_too_large_is_not_read() -> None:
    """A lab writes some hundred kilobytes."""
    with pytest.raises(ConfigError, match=r"it has 5\.0 MB; at most 5 are read"):
        read_measurements(b" " * (MAX_MEASUREMENTS_BYTES + 1))
