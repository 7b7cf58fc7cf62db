"""Workers with TCP ports of their own: what they can reach, and which ports they get."""

import itertools
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from autograder.model.assignment import MAX_PORTS, Limits, Needs
from autograder.model.errors import GraderError
from autograder.sandbox import port_pool
from autograder.sandbox.isolation import ACTIVE, Isolation
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.spawn_launcher import SpawnLauncher
from autograder.tests.sandbox.launchers import ForkLauncherElsewhere, call, worker
from autograder.worker.layers import landlock

NEEDS = Needs(processes=True, loopback=2)
LAYERS = Isolation("fork", NEEDS).layers
CAN_FILTER = LAYERS["seccomp"] == ACTIVE
CAN_TELL_PORTS = CAN_FILTER and LAYERS["landlock"] == ACTIVE and landlock.knows_ports()
SOURCE = """
import os, socket, threading
PORTS = [int(port) for port in os.environ["AUTOGRADER_PORTS"].split(",")]

def ports():
    return PORTS

def serve(listener, greeting):
    connection, _ = listener.accept()
    with connection:
        connection.sendall(greeting)

def received(port):
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        return client.recv(10)

def between_threads():
    with socket.create_server(("127.0.0.1", PORTS[0])) as listener:
        threading.Thread(target=serve, args=(listener, b"thread")).start()
        return received(PORTS[0])

def between_processes():
    with socket.create_server(("127.0.0.1", PORTS[1])) as listener:
        child = os.fork()
        if child == 0:
            serve(listener, b"process")
            os._exit(0)
        answer = received(PORTS[1])
        os.waitpid(child, 0)
        return answer

def bind(port):
    socket.create_server(("127.0.0.1", port)).close()

def open_socket(family, kind, protocol=0):
    socket.socket(family, kind, protocol).close()

def send_at_once(port):
    socket.socket().sendto(b"x", socket.MSG_FASTOPEN, ("127.0.0.1", port))

def send_message_at_once(port):
    socket.socket().sendmsg([b"x"], [], socket.MSG_FASTOPEN, ("127.0.0.1", port))

def tried(name, *arguments):
    try:
        globals()[name](*arguments)
    except PermissionError:
        return "refused"
    except OSError as error:
        return str(error)
    return "done"
"""


@pytest.fixture
def networked() -> Iterator[Launcher]:
    """A launcher whose workers have two ports each."""
    if sys.platform == "linux":
        launcher: Launcher = ForkLauncherElsewhere(NEEDS)
    else:
        launcher = SpawnLauncher(["numpy"], Isolation("spawn", NEEDS))
    yield launcher
    launcher.close()


@pytest.mark.parametrize("peers", ["threads", "processes"])
def test_a_worker_connects_to_itself(networked: Launcher, peers: str) -> None:
    """A listener on a leased port is reached from another thread or process of the worker."""
    if peers == "processes" and sys.platform == "win32":
        pytest.skip("no fork here")
    with worker(networked, SOURCE) as remote:
        assert call(remote, f"between_{peers}") == (b"thread" if peers == "threads" else b"process")


def test_spawned_workers_learn_their_ports_too() -> None:
    """The variable is set in spawned workers as in forked ones."""
    with closing(SpawnLauncher(["numpy"], Isolation("spawn", NEEDS))) as launcher:
        with worker(launcher, SOURCE) as remote:
            assert call(remote, "between_threads") == b"thread"


def test_without_loopback_there_is_no_variable(fork: Launcher) -> None:
    """The variable is not set for an assignment without ports."""
    source = "import os\ndef f():\n    return os.environ.get('AUTOGRADER_PORTS', 'none')\n"
    with worker(fork, source) as remote:
        assert call(remote, "f") == "none"
    assert fork.isolation.network == ""


@pytest.mark.skipif(not CAN_TELL_PORTS, reason="NOT PROVED here: Landlock of ABI 4 and seccomp")
def test_every_other_port_is_refused(networked: Launcher) -> None:
    """Other ports cannot be bound or reached, nor by protocols and flags that Landlock ignores."""
    with socket.create_server(("127.0.0.1", 0)) as foreign, worker(networked, SOURCE) as remote:
        port = foreign.getsockname()[1]
        for way in ("received", "send_at_once", "send_message_at_once"):
            assert call(remote, "tried", way, port) == "refused", way
        own = call(remote, "ports")
        for other in (0, own[0] - 1, own[-1] + 1):
            assert call(remote, "tried", "bind", other) == "refused", other
        assert call(remote, "tried", "bind", own[0]) == "done"


@pytest.mark.skipif(not CAN_FILTER, reason="NOT PROVED here: seccomp")
def test_only_tcp_sockets_can_be_had(networked: Launcher) -> None:
    """Datagrams, raw sockets, other streams over IP and other families are refused."""
    datagram, raw, packets = (
        int(getattr(socket, f"SOCK_{k}")) for k in ("DGRAM", "RAW", "SEQPACKET")
    )
    stream, mptcp, sctp, smc, netlink = int(socket.SOCK_STREAM), 262, 132, 256, 16
    refused = [
        (datagram, 0),
        (raw, 0),
        (packets, 0),
        (stream, mptcp),
        (stream, sctp),
        (stream, smc),
    ]
    with worker(networked, SOURCE) as remote:
        for family in (int(socket.AF_INET), int(socket.AF_INET6)):
            for kind in refused:
                assert call(remote, "tried", "open_socket", family, *kind) == "refused", kind
            for protocol in (0, int(socket.IPPROTO_TCP)):
                assert call(remote, "tried", "open_socket", family, stream, protocol) == "done"
        assert call(remote, "tried", "open_socket", netlink, raw) == "refused"


def test_workers_side_by_side_have_different_ports(networked: Launcher) -> None:
    """No port is leased twice at a time."""
    with worker(networked, SOURCE) as first, worker(networked, SOURCE) as second:
        given = [*call(first, "ports"), *call(second, "ports")]
    assert len(given) == len(set(given)) == 2 * NEEDS.loopback


@pytest.fixture(scope="session")
def pools() -> Iterator[int]:
    """Numbers of pools, different ones in each process of pytest-xdist."""
    return itertools.count(os.getpid() % 40 * 8)


@pytest.fixture
def few(pools: Iterator[int], monkeypatch: pytest.MonkeyPatch) -> range:
    """A pool of two blocks that no other test uses."""
    size = 2 * (MAX_PORTS + 1)
    start = 16_384 + next(pools) * size
    monkeypatch.setattr(port_pool, "_FIRST", start)
    monkeypatch.setattr(port_pool, "_LAST", start + size - 1)
    monkeypatch.setattr(port_pool, "_LINUX_EPHEMERAL", Path("/nowhere"))
    return range(start, start + size)


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "::1"])
def test_a_port_in_use_is_not_leased(few: range, address: str) -> None:
    """A block with a port that is bound, at any address, is left out."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as other:
        try:
            other.bind((address, few.start + 2))
        except OSError as error:
            pytest.skip(f"NOT PROVED here: {address}: {error}")
        with port_pool.lease(3) as ports:
            pass
    second = few.start + MAX_PORTS + 1
    assert ports == (second + 1, second + 2, second + 3)


def test_a_port_whose_connections_linger_is_not_leased(few: range) -> None:
    """A block with such a port is left out: a student's bind would fail on it for a minute."""
    with socket.create_server(("127.0.0.1", few.start + 1)) as server:
        with socket.create_connection(server.getsockname()) as client:
            accepted, _ = server.accept()
            accepted.close()  # this side first: it is the one that waits
            assert client.recv(1) == b""
    with port_pool.lease(1) as ports:
        pass
    assert ports == (few.start + MAX_PORTS + 2,)


def test_ports_for_outgoing_connections_are_never_leased(
    few: range, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are left out: the kernel could give one of them to any program at any time."""
    told = tmp_path / "range"
    told.write_text(f"{few.start - 50}\t{few.start + 3}\n")
    monkeypatch.setattr(port_pool, "_LINUX_EPHEMERAL", told)
    with port_pool.lease(1) as ports:
        pass
    assert ports == (few.start + MAX_PORTS + 2,)


def test_an_exhausted_pool_is_our_fault_and_says_what_to_do(few: range) -> None:
    """Confining raises GraderError, and works again as soon as another lease has ended."""
    isolation = Isolation("spawn", Needs(loopback=MAX_PORTS))
    scratch = Path("/unused")
    with ExitStack() as others, isolation.confined(scratch, Limits()):
        others.enter_context(isolation.confined(scratch, Limits()))
        with pytest.raises(GraderError, match=r"no 15 free TCP ports .* grade fewer at a time"):
            others.enter_context(isolation.confined(scratch, Limits()))
        others.close()
        others.enter_context(isolation.confined(scratch, Limits()))


def test_the_failed_start_of_a_worker_leaves_no_folder(
    few: range, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, networked: Launcher
) -> None:
    """Without ports there is no worker, and its scratch folder is removed."""
    monkeypatch.setattr(port_pool, "_LAST", few.start - 1)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(GraderError, match="no 2 free TCP ports"), worker(networked, SOURCE):
        pass
    assert list(tmp_path.iterdir()) == []


def test_isolation_says_how_far_its_ports_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the leased ports, or any port, or everything, depending on the active layers."""
    layers = dict.fromkeys(("seccomp", "landlock"), "")
    for name in layers:
        monkeypatch.setattr(f"autograder.worker.layers.{name}.unavailable", lambda: "")
    monkeypatch.setattr(landlock, "knows_ports", lambda: True)
    told = Isolation("spawn", NEEDS).network
    assert told == "open: TCP to the leased port numbers, on every machine"
    monkeypatch.setattr(landlock, "knows_ports", lambda: False)
    assert Isolation("spawn", NEEDS).network == "open: TCP to any port, on every machine"
    assert Isolation("spawn", NEEDS, off=("seccomp",)).network == "open to everything"
