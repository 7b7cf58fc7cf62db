"""Write results.json so that whoever reads it, whenever, finds a complete and valid file."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.gradescope.results.strict_json import Problem
from autograder.gradescope.results.validate import validate, validate_bytes
from autograder.machine.files import write_atomically
from autograder.model.errors import GraderError

NOT_STARTED = (
    "The grader did not start, so nothing was decided and the score below is not final. This is"
    " not your fault. Staff: read the log of this run, mend the autograder, then regrade."
)


def encode_results(results: Mapping[str, Any]) -> bytes:
    """The bytes of the file.

    Raises GraderError naming each problem when Gradescope would not take it.
    """
    _require_none(validate(dict(results)))
    # ASCII only: no encoding can go wrong on the way, and the harness reads it with any locale.
    data = json.dumps(results, allow_nan=False, indent=1).encode() + b"\n"
    _require_none(validate_bytes(data))
    return data


def write_results(path: Path, results: Mapping[str, Any]) -> None:
    """Replace the file in one step; an invalid one leaves what was there.

    Raises GraderError when Gradescope would not take it.
    """
    write_atomically(path, encode_results(results))


def emergency_results(what: str) -> dict[str, Any]:
    """The least valid results: for when not even the list of checks can be read."""
    return {"score": 0.0, "output": what, "output_format": "text", "tests": []}


def _require_none(problems: list[Problem]) -> None:
    fatal = [str(problem) for problem in problems if problem.fatal]
    if fatal:
        shown = "; ".join(fatal[:5])
        raise GraderError(f"results.json would be refused by Gradescope: {shown}")
