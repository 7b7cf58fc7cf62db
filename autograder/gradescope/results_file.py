"""Write results.json so that every reader, at any time, finds a complete and valid file.

Called by the driver in the container, and by `package.py` for the file of a run that never starts.
"""

import json
from pathlib import Path

import msgspec

from autograder.machine.files import write_atomically
from autograder.model.errors import GraderError
from autograder.render.results_json import MAX_BYTES, GradescopeResults

NOT_STARTED = (
    "The grader did not start, so nothing was decided and the score below is not final. This is"
    " not your fault. Staff: read the log of this run, fix the autograder, then regrade."
)


def encode_results(results: GradescopeResults) -> bytes:
    """The bytes of the file.

    Raises GraderError naming each problem when Gradescope would not take it.
    """
    fatal = [str(problem) for problem in results.problems() if problem.fatal]
    if fatal:
        shown = "; ".join(fatal[:5])
        raise GraderError(f"results.json would be refused by Gradescope: {shown}")
    # ASCII only: no encoding can go wrong on the way, and the harness reads it with any locale.
    content = msgspec.to_builtins(results)
    data = json.dumps(content, allow_nan=False, indent=1).encode() + b"\n"
    if len(data) > MAX_BYTES:
        raise GraderError(f"results.json has {len(data)} bytes, more than {MAX_BYTES}")
    return data


def write_results(path: Path, results: GradescopeResults) -> None:
    """Replace the file in one step; an invalid one leaves what was there.

    Raises GraderError when Gradescope would not take it.
    """
    write_atomically(path, encode_results(results))


def emergency_results(what: str) -> GradescopeResults:
    """The smallest valid results: for when not even the list of checks can be read."""
    return GradescopeResults(score=0.0, output=what, output_format="text", tests=())
