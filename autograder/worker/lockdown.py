"""The layers of isolation that a worker applies to itself before it imports the submission.

`serve` calls `lock_down`; `isolation` asks each layer whether it can be used here.
"""

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
        """Apply the layer to this process. Raises OSError when the kernel refuses."""


# In the order in which they are applied: the uid first, while it may still be changed; then the
# limits, which count the processes of that uid; the filter last, for it forbids what the other
# layers need.
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
