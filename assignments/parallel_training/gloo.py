"""Runs a rank program on a real network: `def f(comm, ...)`, unchanged, over torch.distributed.

Each rank is a process of its own on this machine, and messages go through gloo, over sockets of
the loopback interface. A message is two of gloo's: a header with dtype and shape, without which
the receiver could not make room for it, and the bytes. gloo's own `send` waits for the receiver,
even for 40 bytes; here a copy is sent while the rank goes on, as on the virtual cluster.
"""

import importlib.util
import os
import pickle
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import psutil

MOST_AXES = 8  # of an array in a message
_POLL_S = 0.01
_DYING_S = 0.2  # a process that dies closes its connections before others can see that it is gone


# In the process that starts the ranks
def is_available() -> bool:
    """Whether torch is installed."""
    return importlib.util.find_spec("torch") is not None


def run(
    program: Callable[..., Any], inputs: Sequence[tuple[Any, ...]], timeout_s: float = 120.0
) -> list[Any]:
    """Return what `program(comm, *inputs[rank])` returns on each of `len(inputs)` ranks.

    The program and its inputs are pickled: it is a function of a module that can be imported.
    Raises RuntimeError with the traceback of the rank that failed first, or when one has died, and
    TimeoutError when one has not ended in time. No rank is left in any case: also when this process
    is killed, for then its pipes to them close.
    """
    with tempfile.TemporaryDirectory() as name, ExitStack() as started:
        folder = Path(name)
        (folder / "path").write_bytes(pickle.dumps(sys.path))
        ranks = []
        for rank, given in enumerate(inputs):
            task = pickle.dumps((program, given, len(inputs), timeout_s))
            (folder / f"task-{rank}").write_bytes(task)
            ranks.append(started.enter_context(_started(folder, rank)))
        return _results(folder, ranks, timeout_s)


@contextmanager
def _started(folder: Path, rank: int) -> Iterator[subprocess.Popen[bytes]]:
    """The process of one rank; it ends with the block."""
    command = [sys.executable, "-B", __file__, str(folder), str(rank)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def _results(folder: Path, ranks: list["subprocess.Popen[bytes]"], timeout_s: float) -> list[Any]:
    """What all ranks return, once they have. Ranks live on until then, so that the first that
    fails is not hidden by those whose connections break."""
    deadline = time.monotonic() + timeout_s
    values: dict[int, Any] = {}
    while missing := [rank for rank in range(len(ranks)) if rank not in values]:
        _require_alive(folder, ranks)
        for rank in missing:
            result = folder / f"result-{rank}"
            if result.exists():
                values[rank], error = pickle.loads(result.read_bytes())
                if error:
                    time.sleep(_DYING_S)
                    _require_alive(folder, ranks)
                    raise RuntimeError(f"rank {rank} of {len(ranks)} over gloo:\n{error}")
        if time.monotonic() > deadline:
            late = ", ".join(map(str, missing))
            raise TimeoutError(f"over gloo, these ranks have not ended in {timeout_s:g} s: {late}")
        time.sleep(_POLL_S)
    return [values[rank] for rank in range(len(ranks))]


def _require_alive(folder: Path, ranks: list["subprocess.Popen[bytes]"]) -> None:
    """Raises RuntimeError when a rank has ended without a result."""
    for rank, process in enumerate(ranks):
        if process.poll() is not None and not (folder / f"result-{rank}").exists():
            status = process.returncode
            raise RuntimeError(f"rank {rank} of {len(ranks)} died over gloo: status {status}")


# In the process of a rank
class Sending:
    """What `isend` returns. The network has a copy, so that x may change at once."""

    def wait(self) -> None:
        """Nothing is left to wait for."""


class Receiving:
    """What `irecv` returns."""

    def __init__(self, comm: "GlooComm", src: int) -> None:
        self._comm, self._src = comm, src
        self.arrays: list[np.ndarray] = []  # the one that was received

    def wait(self) -> np.ndarray:
        """The array, once it is there; those asked for before are taken first."""
        while not self.arrays:
            self._comm.take(self._src)
        return self.arrays[0]


class GlooComm:
    """`comm` of a rank program; torch's process group must have been started."""

    def __init__(self, rank: int, size: int) -> None:
        self.rank, self.size = rank, size
        self._sent: list[Any] = []  # requests of gloo, until the end
        self._posted: dict[int, deque[Receiving]] = defaultdict(deque)  # by source, in order

    def send(self, dst: int, x: np.ndarray) -> None:
        """Send a copy of x to rank dst."""
        self.isend(dst, x)

    def isend(self, dst: int, x: np.ndarray) -> Sending:
        """The same."""
        import torch.distributed as dist

        for array in filter(np.size, (_header(x), _bytes_of(np.array(x, order="C")))):
            self._sent.append((dst, dist.isend(_tensor(array), dst)))
        return Sending()

    def recv(self, src: int | None = None) -> np.ndarray:
        """The next array of rank src, or of any rank."""
        return self._receive(None) if src is None else self.irecv(src).wait()

    def irecv(self, src: int) -> Receiving:
        """Ask for the next array of rank src; receiving begins with `wait`."""
        request = Receiving(self, src)
        self._posted[src].append(request)
        return request

    def barrier(self) -> None:
        """Wait for all ranks."""
        import torch.distributed as dist

        dist.barrier()

    def compute(self, seconds: float) -> None:
        """Sleep, in place of work."""
        time.sleep(seconds)

    def take(self, src: int) -> None:
        """Receive for the request that was posted first."""
        self._posted[src].popleft().arrays.append(self._receive(src))

    def end(self) -> None:
        """Wait until all messages are received. Raises RuntimeError for one that never is."""
        for dst, request in self._sent:
            try:
                request.wait()
            except RuntimeError:
                what = f"rank {self.rank} sent a message to rank {dst} that no rank received"
                raise RuntimeError(what) from None

    def _receive(self, src: int | None) -> np.ndarray:
        import torch.distributed as dist

        header = np.empty(2 + MOST_AXES, np.int64)
        source = dist.recv(_tensor(header), src)
        kind, axes, *shape = map(int, header)
        dtype = np.dtype(kind.to_bytes(8, "little").rstrip(b"\0").decode())
        array = np.empty(shape[:axes], dtype)
        if array.size:
            dist.recv(_tensor(_bytes_of(array)), source)
        return array


def _header(x: np.ndarray) -> np.ndarray:
    """The name of the dtype as a number, the number of axes, the shape, and zeros."""
    kind = int.from_bytes(x.dtype.str.encode(), "little")
    shape = (*x.shape, *[0] * (MOST_AXES - x.ndim))
    return np.array([kind, x.ndim, *shape], np.int64)


def _bytes_of(array: np.ndarray) -> np.ndarray:
    """The bytes of a contiguous array, in the same memory."""
    return array.reshape(-1).view(np.uint8)


def _tensor(array: np.ndarray) -> Any:
    import torch

    return torch.from_numpy(array)


def _loopback() -> str:
    """The name of the interface of 127.0.0.1, which differs between systems."""
    for name, addresses in psutil.net_if_addrs().items():
        if any(each.address == "127.0.0.1" for each in addresses):
            return name
    raise RuntimeError("no network interface has the address 127.0.0.1")


def _run_rank(folder: Path, rank: int) -> Any:
    """Join the others, by a file in the folder, and run the program."""
    program, given, size, timeout_s = pickle.loads((folder / f"task-{rank}").read_bytes())
    os.environ["GLOO_SOCKET_IFNAME"] = _loopback()
    import torch.distributed as dist

    store = dist.FileStore(str(folder / "store"), size)
    limit = timedelta(seconds=timeout_s)
    dist.init_process_group("gloo", store=store, rank=rank, world_size=size, timeout=limit)
    comm = GlooComm(rank, size)
    value = program(comm, *given)
    comm.end()
    return value


def main(folder: Path, rank: int) -> None:
    """Leave the result of a rank in the folder; live until the pipe from the parent closes."""
    parent = threading.Thread(target=_end_with_parent, daemon=True)
    parent.start()
    sys.path[:] = pickle.loads((folder / "path").read_bytes())
    try:
        result = pickle.dumps((_run_rank(folder, rank), ""))
    except BaseException:  # process boundary: the program may raise anything
        result = pickle.dumps((None, traceback.format_exc(limit=-4)))
    unfinished = folder / f"unfinished-{rank}"
    unfinished.write_bytes(result)
    unfinished.replace(folder / f"result-{rank}")
    parent.join()


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
