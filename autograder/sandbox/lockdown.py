"""What a worker gives up before it imports the submission.

Layers are applied in order; each is one function that says what it did. Only resource limits
exist so far: dropping the uid, no_new_privs, seccomp and Landlock take their places in `LAYERS`.
"""

import sys
from collections.abc import Callable, Mapping

Limits = Mapping[str, int]


def _resource_limits(limits: Limits) -> str:
    if sys.platform == "win32":
        return "not available on Windows"
    import resource

    for name, value in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:
            _, hard = resource.getrlimit(kind)
            cap = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (cap, cap))
    return "active"


LAYERS: dict[str, Callable[[Limits], str]] = {"resource limits": _resource_limits}


def lock_down(limits: Limits) -> dict[str, str]:
    """Apply every layer; gives for each `active` or why it is not."""
    return {name: layer(limits) for name, layer in LAYERS.items()}
