"""A kind of proof that counts, and whose units a test chooses."""

from collections.abc import Callable, Iterator, Sequence

from autograder.authoring.proofs.kind import Kind, Unit
from autograder.authoring.proofs.record import ProofLine


class Found(ProofLine, frozen=True, kw_only=True):
    """What the kind of the tests finds."""

    value: float


class Counting(Kind[Found]):
    """A kind of proof whose units and codes a test chooses."""

    name, line = "counting", Found
    codes: dict[str, str]
    proved: list[str]
    fails_after = 99

    def units(self) -> Iterator[Unit]:
        """The units of the test."""
        return (Unit(name, code) for name, code in self.codes.items())

    def prove(self, due: Sequence[Unit], say: Callable[[str], None]) -> Iterator[Found]:
        """Count up, until it is interrupted."""
        for number, unit in enumerate(due):
            if number == self.fails_after:
                raise KeyboardInterrupt
            self.proved.append(unit.id)
            yield Found(unit=unit.id, code=unit.code, value=1 / 3)

    def findings(self) -> Iterator[str]:
        """A unit called bad."""
        return (f"{unit} is bad" for unit in self.lines if unit == "bad")
