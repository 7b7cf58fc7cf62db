"""What a worker may still do once it is locked down; `isolation` decides, `lockdown` applies it."""

import msgspec


class Confinement(msgspec.Struct, frozen=True, kw_only=True):
    """Decided by the grader, applied by the worker to itself before it imports the submission."""

    layers: tuple[str, ...] = ()  # names of the layers to apply, see lockdown.LAYERS
    uid: int = 0  # leased for this worker alone; 0: keep
    limits: dict[str, int] = {}  # resource -> hard cap
    readable: tuple[str, ...] = ()  # folders and files, with everything below
    writeable: tuple[str, ...] = ()
    processes: bool = False  # may start processes (threads are always allowed)
    shared_memory: bool = False  # may use /dev/shm
