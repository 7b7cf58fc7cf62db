"""The signals that ask a command to end: all of them clean up as Ctrl-C does.

`cli/main.py` takes them; the launcher of workers, which ends with the grader, ignores them.
"""

import signal
from types import FrameType

# of a terminal that is closed, of `kill`, of a session that ends; each where the system has it
_OTHERS = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP", "SIGBREAK")]
OTHERS = tuple(number for number in _OTHERS if number is not None)
STOPPING = (signal.SIGINT, *OTHERS)


def stop_as_ctrl_c_does() -> None:
    """Raise KeyboardInterrupt at the first of them; one that is ignored, as by nohup, stays so."""
    for number in STOPPING:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    for other in OTHERS:  # a session that ends sends several, and cleaning up takes a moment
        signal.signal(other, signal.SIG_IGN)
    raise KeyboardInterrupt
