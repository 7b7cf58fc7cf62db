"""What a worker gives up before it imports the submission, layer by layer, in this order."""

from typing import Protocol

from autograder.model.errors import GraderError
from autograder.wire.confinement import Confinement
from autograder.worker.layers import (
    landlock,
    no_new_privileges,
    private_uid,
    resource_limits,
    seccomp,
)


class Layer(Protocol):
    """One module of `layers`."""

    def unavailable(self) -> str:
        """Why it cannot be used on this system; empty when it can."""

    def apply(self, confinement: Confinement) -> None:
        """Have this process give it up. Raises OSError when the kernel refuses."""


# The uid first, while we may still change it; limits of its own processes after it; the filter
# last, because it forbids what the other layers need.
LAYERS: dict[str, Layer] = {
    "private uid": private_uid,
    "no new privileges": no_new_privileges,
    "resource limits": resource_limits,
    "landlock": landlock,
    "seccomp": seccomp,
}


def lock_down(confinement: Confinement) -> None:
    """Apply the layers that the grader chose.

    Raises GraderError when one cannot be applied: the submission must not run without it.
    """
    for name in confinement.layers:
        try:
            LAYERS[name].apply(confinement)
        except OSError as error:
            raise GraderError(f"isolation layer {name!r} could not be applied: {error}") from None
