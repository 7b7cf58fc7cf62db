"""What importing a submission takes, seen from outside: measured calls ask that it is little.

What a call needs is billed to the call, so nothing may be made ready beforehand. `remote` measures
the import of each worker, `grading/budgets/measured_call.py` judges it.
"""

from typing import NamedTuple

from autograder.machine.cpu_clock import cpu_seconds
from autograder.machine.resident_memory import resident_bytes
from autograder.model.outcome import Message
from autograder.model.units import show_bytes
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault

# beyond the libraries: twenty large modules of the standard library take 15 MB and 0.1 s
MOST_KEPT, MOST_CPU_S = 20 * 10**6, 1.0
_HINT = "make large arrays and tables within the call that needs them, and run tests elsewhere"


class ImportCost(NamedTuple):
    """Of one worker's import: what stays resident afterwards, and the time of all its threads."""

    kept_bytes: int
    cpu_s: float

    @classmethod
    def so_far(cls, pid: int) -> "ImportCost":
        """What the worker holds and has used by now."""
        return cls(resident_bytes(pid), cpu_seconds(pid))

    def since(self, before: "ImportCost") -> "ImportCost":
        """The difference."""
        return ImportCost(self.kept_bytes - before.kept_bytes, self.cpu_s - before.cpu_s)

    def require_little(self, module: str) -> None:
        """Raises StudentFault where it took more than it may."""
        verdict, took, most = Verdict.OVER_TIME_BUDGET, "", f"{MOST_CPU_S:g} s"
        if self.cpu_s > MOST_CPU_S:
            took = f"{self.cpu_s:.2g} s of the processor"
        if self.kept_bytes > MOST_KEPT:
            verdict, most = Verdict.OVER_MEMORY_BUDGET, show_bytes(MOST_KEPT)
            took = f"{show_bytes(self.kept_bytes)} of memory beyond the libraries"
        if took:
            raise StudentFault(
                verdict, Message(f"importing {module} takes {took}; at most {most}", hint=_HINT)
            )
