"""rlimits: data, address space, file size, open files, core dumps; processes of a private uid."""

import sys

if sys.platform != "win32":
    import resource  # imported now: after the uid change its file may not be readable

from autograder.wire.confinement import Confinement


def unavailable() -> str:
    """Why there are no resource limits here."""
    return "Windows has no resource limits" if sys.platform == "win32" else ""


def apply(confinement: Confinement) -> None:
    """Set every limit, soft and hard."""

    for name, value in confinement.limits.items():
        if name == "NPROC" and not confinement.uid:
            continue  # would count the processes of everything else that runs as this user
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:
            _, hard = resource.getrlimit(kind)
            cap = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (cap, cap))
